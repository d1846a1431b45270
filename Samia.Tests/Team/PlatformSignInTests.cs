using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Who runs Samia itself: what their sign-in is worth.</summary>
public sealed class PlatformSignInTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;

    [Fact]
    public async Task An_operator_without_a_business_is_led_to_the_platform_and_not_to_an_inbox()
    {
        using var visitor = await SignedInAsync(await TestOperator.CreateAsync(Inbox));
        using var signIn = await visitor.GetAsync("/sign-in?returnUrl=%2Fconversations");
        Assert.Equal(PlatformAccess.Home, visitor.LocationOf(signIn));
        using var wanted = await visitor.GetAsync("/sign-in?returnUrl=%2Fplatform%2Fbusinesses%3Fsearch%3Drose");
        Assert.Equal("/platform/businesses?search=rose", visitor.LocationOf(wanted));
        using var inbox = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, inbox.StatusCode);
    }

    [Theory]
    [InlineData("update platform_employees set is_active = false where user_id = $1")]
    [InlineData("update users set security_stamp = 'another' where id = $1")]
    [InlineData("delete from user_sessions where user_id = $1")]
    public async Task The_cookie_is_worth_nothing_once_the_database_disagrees(string sql)
    {
        var olivia = await TestOperator.CreateAsync(Inbox);
        using var visitor = await SignedInAsync(olivia);
        await Inbox.Database.ExecuteAsync(sql, olivia.UserId);
        using var response = await visitor.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_session_that_began_without_a_second_factor_does_not_make_an_operator()
    {
        var olivia = await TestOperator.CreateAsync(Inbox);
        using var visitor = await SignedInAsync(olivia, SignInProof.Password);
        using var response = await visitor.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(PlatformAccess.Policy, true)]
    [InlineData(SignedInPolicies.Person, true)]
    [InlineData(null, false)]
    [InlineData(Permissions.ViewConversations, false)]
    public async Task Only_pages_of_the_platform_and_of_the_person_are_open_without_a_business(string? policy, bool open)
    {
        var olivia = await TestOperator.CreateAsync(Inbox);
        var user = new SignedInPerson(new ProvenPerson(olivia.UserId, "", SignInProof.Passkey), null, new PlatformPlace(olivia.Id, olivia.Name))
            .ToPrincipal(Guid.NewGuid());
        // As the router asks: the policy of every page, and the page's own.
        await using var scope = Inbox.Services.CreateAsyncScope();
        var policies = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        var page = new Microsoft.AspNetCore.Components.RouteData(policy switch
        {
            PlatformAccess.Policy => typeof(PlatformPage),
            SignedInPolicies.Person => typeof(PersonPage),
            null => typeof(AnyPage),
            _ => typeof(PermissionPage),
        }, new Dictionary<string, object?>());
        var asked = await AuthorizationPolicy.CombineAsync(policies,
            page.PageType.GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<IAuthorizeData>());
        var result = await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, page, asked!);
        Assert.Equal(open, result.Succeeded);
    }

    private async Task<WebVisitor> SignedInAsync(TestOperator person, SignInProof proof = SignInProof.Passkey)
    {
        var visitor = new WebVisitor(Inbox);
        visitor.Cookies.Add(visitor.Address, await person.SignInAsync(Inbox, proof));
        return visitor;
    }

    [Authorize, Authorize(Policy = PlatformAccess.Policy)]
    private sealed class PlatformPage : ComponentBase;

    [Authorize, Authorize(Policy = SignedInPolicies.Person)]
    private sealed class PersonPage : ComponentBase;

    [Authorize, Authorize(Policy = Permissions.ViewConversations)]
    private sealed class PermissionPage : ComponentBase;

    [Authorize]
    private sealed class AnyPage : ComponentBase;
}
