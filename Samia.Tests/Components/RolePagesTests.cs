using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Components;

public sealed class RolePagesTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private TestBusiness _business = null!;
    private Desk _admin = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
    }

    public ValueTask DisposeAsync() => _admin.DisposeAsync();

    [Fact]
    public async Task The_grid_shows_every_permission_by_its_sentence_for_every_role_with_its_people()
    {
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");

        Assert.Equal(Permissions.Catalogue.Count, page.FindAll("tr[data-permission]").Count);
        Assert.Equal(["Admin", "Manager", "Agent", "Viewer"], page.FindAll("thead a").Select(a => a.TextContent));
        Assert.All(page.FindAll("[data-testid=role-people]"), people => Assert.Equal("One person", people.TextContent));
        Assert.Equal(Permissions.Catalogue.Select(p => p.Area).Distinct().Count(), page.FindAll("tr.area").Count);
        Assert.True(Box(page, "Agent", Permissions.Reply).HasAttribute("checked"));
        Assert.False(Box(page, "Viewer", Permissions.Reply).HasAttribute("checked"));
        Assert.Empty(page.FindAll("[data-testid=save-bar]"));
    }

    [Fact]
    public async Task The_column_of_Admin_is_fixed_and_says_why()
    {
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");
        Assert.All(Permissions.All, permission =>
        {
            var box = Box(page, "Admin", permission);
            Assert.True(box.HasAttribute("disabled") && box.HasAttribute("checked"));
            Assert.Contains("The Admin role always allows everything.", box.GetAttribute("aria-label"));
        });
    }

    [Fact]
    public async Task What_somebody_may_not_do_themselves_they_can_neither_tick_nor_untick_and_read_why()
    {
        await using var scope = await new PermissionActors(running.Inbox, _business).EmployeeAsync(Permissions.ManageRoles, Permissions.Reply);
        await using var screen = new ScreenContext();
        screen.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");

        Assert.False(Box(page, "Agent", Permissions.Reply).HasAttribute("disabled"));
        var closed = Box(page, "Agent", Permissions.ViewCustomers);
        Assert.True(closed.HasAttribute("disabled") && closed.HasAttribute("checked"));
        Assert.Contains("Your own role does not allow it", page.Find($"tr[data-permission='{Permissions.ViewCustomers}'] th").TextContent);
        Assert.DoesNotContain("Your own role", page.Find($"tr[data-permission='{Permissions.Reply}'] th").TextContent);
    }

    [Fact]
    public async Task While_the_business_is_suspended_roles_are_read_and_not_changed()
    {
        await running.Inbox.Database.ExecuteAsync(
            "update businesses set status = 'suspended', suspended_at = now(), suspended_reason = 'unpaid' where id = $1", _business.Id);
        await using var admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");
        Assert.All(page.FindAll("input"), box => Assert.True(box.HasAttribute("disabled")));
        Assert.DoesNotContain("Your own role does not allow it", page.Markup);
    }

    [Fact]
    public async Task Ticks_are_saved_only_after_a_summary_of_what_changes_for_how_many_people()
    {
        await using var screen = new ScreenContext(_admin);
        var dialogs = Dialogs(screen);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");
        await Box(page, "Agent", Permissions.Reply).ChangeAsync(new ChangeEventArgs { Value = false });
        await Box(page, "Viewer", Permissions.WriteNotes).ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.Contains("2 changes are not saved yet.", page.Find("[data-testid=save-bar]").TextContent);
        Assert.Equal(2, page.FindAll("td.changed").Count);

        var saving = page.Find("[data-testid=save]").ClickAsync();
        var summary = await dialogs.WaitForElementAsync("[data-testid=role-changes]", Patience);
        Assert.Contains("Write to customers.", summary.QuerySelector("[data-testid=lost]")!.TextContent);
        Assert.Contains("Write internal notes, which customers never see.", summary.QuerySelector("[data-testid=gained]")!.TextContent);
        Assert.Contains("For one person, at once:", summary.TextContent);
        Assert.DoesNotContain("This is your own role", summary.TextContent);
        Assert.Contains(Permissions.Reply, (await RoleAsync("Agent")).Permissions);

        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await saving;
        Assert.DoesNotContain(Permissions.Reply, (await RoleAsync("Agent")).Permissions);
        Assert.Contains(Permissions.WriteNotes, (await RoleAsync("Viewer")).Permissions);
        Assert.Empty(page.FindAll("[data-testid=save-bar], td.changed"));
    }

    [Fact]
    public async Task What_is_discarded_or_ticked_back_is_nothing_to_save()
    {
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");
        await Box(page, "Agent", Permissions.Reply).ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.Contains("One change is not saved yet.", page.Find("[data-testid=save-bar]").TextContent);
        await Box(page, "Agent", Permissions.Reply).ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.Empty(page.FindAll("[data-testid=save-bar]"));

        await Box(page, "Agent", Permissions.ExportData).ChangeAsync(new ChangeEventArgs { Value = true });
        await page.Find("[data-testid=discard]").ClickAsync();
        Assert.Empty(page.FindAll("[data-testid=save-bar]"));
        Assert.False(Box(page, "Agent", Permissions.ExportData).HasAttribute("checked"));
    }

    [Fact]
    public async Task A_refusal_is_said_and_what_was_ticked_stays()
    {
        await using var scope = await new PermissionActors(running.Inbox, _business).EmployeeAsync(
            Permissions.ManageRoles, Permissions.ManageTeam, Permissions.Reply);
        await using var screen = new ScreenContext();
        screen.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        var dialogs = Dialogs(screen);
        var page = Open<RolesPage>(screen, "[data-testid=role-grid]");
        var own = page.FindAll("thead a").Select(a => a.TextContent).Last();
        // Nobody else manages the business any more.
        await running.Inbox.Database.ExecuteAsync("update employees set is_active = false where id = $1", _business.EmployeeIds[SeededRoles.Admin]);
        await Box(page, own, Permissions.ManageTeam).ChangeAsync(new ChangeEventArgs { Value = false });
        var saving = page.Find("[data-testid=save]").ClickAsync();
        Assert.Contains("This is your own role", (await dialogs.WaitForElementAsync("[data-testid=role-changes]", Patience)).TextContent);
        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await saving;

        Assert.Contains("Nobody would remain who can manage the team and its roles.", page.Find("[data-testid=problem]").TextContent);
        Assert.Contains("One change is not saved yet.", page.Find("[data-testid=save-bar]").TextContent);
    }

    [Fact]
    public async Task A_role_that_is_duplicated_begins_with_what_its_maker_holds()
    {
        var manager = await RoleAsync("Manager");
        await using var scope = await new PermissionActors(running.Inbox, _business).EmployeeAsync(Permissions.ManageRoles, Permissions.Reply);
        await using var screen = new ScreenContext();
        screen.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        screen.Services.GetRequiredService<NavigationManager>().NavigateTo($"/settings/roles/new?from={manager.Id}");
        var page = Open<RolePage>(screen, "[data-testid=role-permissions]");

        Assert.Equal("Copy of Manager", page.Find("[data-testid=role-name]").GetAttribute("value"));
        Assert.Equal([Permissions.Reply], page.FindAll("input[type=checkbox][checked]").Select(b => b.GetAttribute("data-permission")));
        page.Find("[data-testid=not-copied]");
        await page.Find("[data-testid=save]").ClickAsync();
        Assert.Equal([Permissions.Reply], (await RoleAsync("Copy of Manager")).Permissions);
        Assert.EndsWith("/settings/roles", screen.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_said_and_what_was_typed_stays()
    {
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolePage>(screen, "[data-testid=role-permissions]");
        await page.Find("[data-testid=role-name]").ChangeAsync(new ChangeEventArgs { Value = "agent" });
        await page.Find("[data-testid=save]").ClickAsync();
        Assert.Contains("Another role has this name.", page.Find("[data-testid=problem]").TextContent);
        Assert.Equal("agent", page.Find("[data-testid=role-name]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_seeded_role_keeps_its_name_and_is_not_deleted()
    {
        var agent = await RoleAsync("Agent");
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolePage>(screen, "[data-testid=role-permissions]", p => p.Add(r => r.RoleId, agent.Id));
        Assert.True(page.Find("[data-testid=role-name]").HasAttribute("disabled"));
        Assert.Empty(page.FindAll("[data-testid=delete-role]"));
    }

    [Fact]
    public async Task A_role_that_somebody_has_cannot_be_deleted_and_one_that_nobody_has_can()
    {
        var nights = await _admin.Get<Roles>().CreateAsync(new("Nights", "", []), Cancellation);
        await running.Inbox.Database.ExecuteAsync(
            "update employees set role_id = $1, is_active = false where id = $2", nights, _business.EmployeeIds[SeededRoles.Viewer]);
        await using (var screen = new ScreenContext(_admin))
        {
            var page = Open<RolePage>(screen, "[data-testid=role-permissions]", p => p.Add(r => r.RoleId, nights));
            Assert.True(page.Find("[data-testid=delete-role]").HasAttribute("disabled"));
            Assert.Contains("deactivated ones too: 1", page.Find("[data-testid=in-use]").TextContent);
        }

        await running.Inbox.Database.ExecuteAsync("update employees set role_id = $1 where id = $2",
            (await RoleAsync("Viewer")).Id, _business.EmployeeIds[SeededRoles.Viewer]);
        await using (var screen = new ScreenContext(_admin))
        {
            var dialogs = Dialogs(screen);
            var page = Open<RolePage>(screen, "[data-testid=role-permissions]", p => p.Add(r => r.RoleId, nights));
            var deleting = page.Find("[data-testid=delete-role]").ClickAsync();
            await (await dialogs.WaitForElementAsync("[data-testid=confirm]", Patience)).ClickAsync();
            await deleting;
            Assert.DoesNotContain("Nights", (await _admin.Get<Roles>().ListAsync(Cancellation)).Select(r => r.Name));
        }
    }

    [Fact]
    public async Task A_role_that_is_gone_is_said()
    {
        await using var screen = new ScreenContext(_admin);
        var page = Open<RolePage>(screen, "[data-testid=problem]", p => p.Add(r => r.RoleId, Guid.NewGuid()));
        Assert.Contains("This role does not exist any more.", page.Markup);
        Assert.Empty(page.FindAll("[data-testid=save]"));
    }

    private static IRenderedComponent<T> Open<T>(
        ScreenContext screen, string until, Action<ComponentParameterCollectionBuilder<T>>? parameters = null) where T : IComponent
    {
        var page = screen.Render(parameters ?? (_ => { }));
        page.WaitForElement(until, Patience);
        return page;
    }

    private static IRenderedComponent<MudDialogProvider> Dialogs(ScreenContext screen)
    {
        screen.Services.AddScoped<Samia.Inbox.Shell.Confirmation>();
        screen.Render<MudPopoverProvider>();
        return screen.Render<MudDialogProvider>();
    }

    private static IElement Box(IRenderedComponent<RolesPage> page, string role, string permission)
    {
        var id = page.FindAll("thead th[data-role]").Single(th => th.QuerySelector("a")!.TextContent == role).GetAttribute("data-role");
        return page.Find($"tr[data-permission='{permission}'] input[data-role='{id}']");
    }

    private async Task<RoleSummary> RoleAsync(string name) =>
        (await _admin.Get<Roles>().ListAsync(Cancellation)).Single(r => r.Name == name);
}
