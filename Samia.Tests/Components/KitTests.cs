using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Tests.Components;

/// <summary>The parts of which pages are made.</summary>
public sealed class KitTests
{
    [Theory]
    [InlineData("[data-testid=confirm]", true)]
    [InlineData("button:not([data-testid=confirm])", false)]
    public async Task Nothing_is_done_before_the_person_says_yes(string press, bool answer)
    {
        await using var screen = new ScreenContext();
        screen.Render<MudPopoverProvider>();
        var dialogs = screen.Render<MudDialogProvider>();
        var confirmation = new Confirmation(screen.Services.GetRequiredService<IDialogService>());

        var asked = dialogs.InvokeAsync(() => confirmation.AskAsync("Deactivate Layal Saab?", "She is signed out everywhere.", "Deactivate"));
        await dialogs.WaitForElementAsync("[data-testid=confirm]");
        Assert.Contains("Deactivate Layal Saab?", dialogs.Markup);
        Assert.Contains("She is signed out everywhere.", dialogs.Markup);
        Assert.Equal("Deactivate", dialogs.Find("[data-testid=confirm]").TextContent.Trim());
        Assert.False(asked.IsCompleted);
        await dialogs.Find($"[data-testid=confirmation] {press}, .mud-dialog {press}").ClickAsync();
        Assert.Equal(answer, await asked);
    }

    [Fact]
    public async Task An_error_is_told_only_when_there_is_one_and_can_be_tried_again()
    {
        await using var screen = new ScreenContext();
        var tries = 0;
        var note = screen.Render<ErrorNote>(p => p.Add(e => e.Message, null).Add(e => e.OnRetry, () => tries++));
        Assert.Equal("", note.Markup.Trim());

        note.Render(p => p.Add(e => e.Message, "The employees could not be read."));
        Assert.Equal("The employees could not be read.", note.Find("[role=alert] p").TextContent);
        await note.Find("button").ClickAsync();
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task An_error_that_cannot_be_tried_again_has_no_button()
    {
        await using var screen = new ScreenContext();
        Assert.Empty(screen.Render<ErrorNote>(p => p.Add(e => e.Message, "No.")).FindAll("button"));
    }

    [Fact]
    public async Task A_page_is_called_the_same_in_its_heading_and_in_the_browsers_tab()
    {
        await using var screen = new ScreenContext();
        var header = screen.Render<PageHeader>(p => p.Add(h => h.Title, "Employees").AddChildContent("<button>Invite</button>"));
        Assert.Equal("Employees", header.Find("h1").TextContent);
        Assert.Equal("Invite", header.Find("button").TextContent);
        var title = header.FindComponent<Microsoft.AspNetCore.Components.Web.PageTitle>();
        Assert.Equal("Employees – Samia", screen.Render(title.Instance.ChildContent!).Markup);
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do()
    {
        await using var screen = new ScreenContext();
        var empty = screen.Render<EmptyState>(p => p.Add(e => e.Icon, Icons.Material.Rounded.Badge).Add(e => e.Title, "Nobody yet")
            .Add(e => e.Text, "Invite a colleague.").AddUnmatched("data-testid", "no-employees"));
        Assert.Contains("Nobody yet", empty.Find("[data-testid=no-employees]").TextContent);
        Assert.Contains("Invite a colleague.", empty.Markup);
    }
}
