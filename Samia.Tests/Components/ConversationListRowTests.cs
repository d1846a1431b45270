using Bunit;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Tests.Components;

public sealed class ConversationListRowTests
{
    private static readonly ConversationRow Row = new(
        Guid.CreateVersion7(), "Maya Haddad", ConversationMode.Human, ConversationStatus.Open, null,
        ConversationPriority.Normal, 0, "Good evening", MessageKind.Text, MessageDirection.Inbound, MessageStatus.Received,
        ScreenContext.Now.AddMinutes(-5), null);

    [Fact]
    public async Task A_row_says_who_wrote_what_and_when_and_leads_to_it()
    {
        await using var screen = new ScreenContext();
        var row = Render(screen, Row);

        Assert.Equal("/conversations/1", row.Find("a").GetAttribute("href"));
        Assert.Equal("Maya Haddad", row.Find(".row-name").TextContent);
        Assert.Equal("Good evening", row.Find(".row-preview").TextContent.Trim());
        Assert.Equal("5 min", row.Find("time").TextContent);
        Assert.Empty(row.FindAll("[data-testid=unread], [data-testid=ticks], .row-kind, .avatar.small"));
    }

    [Fact]
    public async Task Unread_messages_and_the_assignee_are_told_to_eyes_and_to_screen_readers()
    {
        await using var screen = new ScreenContext();
        var row = Render(screen, Row with { UnreadCount = 3, AssigneeId = ScreenContext.Layal.Id }, ScreenContext.Layal);

        Assert.Equal("3 unread", row.Find("[data-testid=unread]").TextContent);
        Assert.Contains("Assigned to Layal Saab", row.Markup);
        Assert.Contains("unread", row.Find("a").ClassList);
    }

    [Theory]
    [InlineData(MessageKind.Voice, "Voice message")]
    [InlineData(MessageKind.Image, "Picture")]
    [InlineData(MessageKind.Unsupported, "Unsupported message")]
    public async Task A_message_without_words_is_named_by_its_kind(MessageKind kind, string name)
    {
        await using var screen = new ScreenContext();
        var row = Render(screen, Row with { Preview = "", Kind = kind });

        Assert.Equal(name, row.Find(".row-preview").TextContent.Trim());
        Assert.NotEmpty(row.FindAll(".row-kind"));
    }

    [Theory]
    [InlineData(MessageStatus.Queued, "Waiting to be sent")]
    [InlineData(MessageStatus.Read, "Read")]
    [InlineData(MessageStatus.Failed, "Not sent")]
    public async Task Our_own_last_word_shows_its_ticks(MessageStatus status, string label)
    {
        await using var screen = new ScreenContext();
        var row = Render(screen, Row with { Direction = MessageDirection.Outbound, MessageStatus = status });
        Assert.Equal(label, row.Find("[data-testid=ticks]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task The_open_one_and_an_urgent_one_are_marked()
    {
        await using var screen = new ScreenContext();
        var row = screen.Render<ConversationListRow>(p => p
            .Add(r => r.Row, Row with { Priority = ConversationPriority.Urgent }).Add(r => r.IsSelected, true)
            .Add(r => r.Time, ScreenContext.Time).Add(r => r.Href, "/conversations/1"));

        Assert.Equal("true", row.Find("a").GetAttribute("aria-current"));
        Assert.Contains("Urgent priority", row.Markup);
    }

    [Fact]
    public async Task Only_a_change_renders_a_row_again()
    {
        await using var screen = new ScreenContext();
        var row = Render(screen, Row);
        var renders = row.RenderCount;

        row.Render(p => p.Add(r => r.Row, Row with { }).Add(r => r.Time, ScreenContext.Time));
        Assert.Equal(renders, row.RenderCount);
        row.Render(p => p.Add(r => r.Row, Row with { UnreadCount = 1 }));
        Assert.Equal(renders + 1, row.RenderCount);
    }

    private static IRenderedComponent<ConversationListRow> Render(
        ScreenContext screen, ConversationRow row, Colleague? assignee = null) =>
        screen.Render<ConversationListRow>(p => p.Add(r => r.Row, row).Add(r => r.Time, ScreenContext.Time)
            .Add(r => r.Assignee, assignee).Add(r => r.Href, "/conversations/1"));
}
