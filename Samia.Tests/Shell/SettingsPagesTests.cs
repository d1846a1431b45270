using System.Net;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Shell;

public sealed class SettingsPagesTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    [Fact]
    public void An_entry_shows_to_those_whose_role_opens_its_page()
    {
        Assert.Contains("/settings/webhooks", HrefsFor([Permissions.ManageSettings]));
        Assert.DoesNotContain("/settings/webhooks", HrefsFor([.. Permissions.All.Except([Permissions.ManageSettings])]));
        Assert.Contains("/settings/appearance", HrefsFor([]));
        Assert.All(SettingsPages.OpenTo([]), group => Assert.NotEmpty(group.Pages));
    }

    [Theory]
    [InlineData("settings", true)]
    [InlineData("settings/webhooks", true)]
    [InlineData("settings/team/0199aa00", true)]
    [InlineData("settingsfoo", false)]
    [InlineData("", false)]
    [InlineData("conversations/1", false)]
    public void The_rail_lights_the_settings_wherever_one_is_within_them(string path, bool covered) =>
        Assert.Equal(covered, SettingsPages.Cover(path));

    [Fact]
    public async Task Every_entry_leads_to_a_page_that_opens_to_whom_it_shows()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        foreach (var (role, permissions) in SeededRoles.All)
        {
            using var visitor = new WebVisitor(running.Inbox);
            await visitor.SignInAsync(business, role);
            foreach (var href in HrefsFor(permissions))
            {
                using var response = await visitor.GetAsync(href);
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{href} answers {response.StatusCode} to {role}.");
            }
        }
    }

    [Fact]
    public async Task A_page_that_a_role_does_not_open_says_so_instead_of_asking_to_sign_in()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        using var visitor = new WebVisitor(running.Inbox);
        await visitor.SignInAsync(business, SeededRoles.Viewer);
        using var refused = await visitor.GetAsync("/settings/webhooks");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("blazor.web", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var stranger = new WebVisitor(running.Inbox);
        using var asked = await stranger.GetAsync("/settings/webhooks");
        Assert.StartsWith("/sign-in", stranger.LocationOf(asked), StringComparison.Ordinal);
    }

    private static List<string> HrefsFor(string[] permissions) =>
        [.. SettingsPages.OpenTo(permissions).SelectMany(g => g.Pages).Select(p => p.Href)];
}
