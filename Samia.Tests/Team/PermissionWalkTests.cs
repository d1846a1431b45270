using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;

namespace Samia.Tests.Team;

/// <summary>
/// Walks every method through which somebody could reach the database: each says who may call it, and each refuses who
/// may not before it does anything else.
/// </summary>
public sealed class PermissionWalkTests(WalkedInbox walked) : IClassFixture<WalkedInbox>
{
    // What holds the database in its hands without being a service that anybody could be given.
    private static readonly Dictionary<string, string> NeedNotBeRegistered = new()
    {
        ["AppDatabaseHealth"] = "a health check, which says no more than that the database answers",
        ["PlatformDatabaseHealth"] = "a health check, which says no more than that the database answers",
    };

    private ServiceWalk Walk => walked.Walk;
    private PermissionActors Actors => walked.Actors;

    [Fact]
    public void Every_method_of_a_service_that_reaches_the_database_says_who_may_call_it()
    {
        Assert.True(Walk.Methods.Count > 50, $"Only {Walk.Methods.Count} methods were found.");
        var asking = Walk.Methods.Count(m => m.Declaration.AnyOf.Count > 0);
        Assert.True(asking > 15, $"Only {asking} methods ask for a permission.");
        AssertNone(Silent(Walk));
    }

    [Fact]
    public void Every_permission_that_a_method_names_exists() =>
        AssertNone(Walk.Methods.Where(m => m.Declaration.AnyOf.Except(Permissions.All).Any()).Select(m => m.ToString()));

    [Fact]
    public void What_holds_the_database_in_its_hands_is_a_registered_service() =>
        Assert.Empty(Walk.Unregistered.Select(t => t.Name).Except(NeedNotBeRegistered.Keys));

    [Fact]
    public Task An_employee_who_lacks_just_that_permission_is_refused_first() => EachRefusesAsync(Walk.Methods,
        method => Actors.EmployeeAsync(Permissions.All.Except(method.Declaration.AnyOf)));

    [Fact]
    public Task An_API_token_that_lacks_just_that_permission_is_refused_first() => EachRefusesAsync(Walk.Methods,
        method => Actors.TokenAsync(Permissions.All.Except(method.Declaration.AnyOf)));

    [Fact]
    public Task A_support_visit_is_refused_what_support_may_not_do() => EachRefusesAsync(
        Walk.Methods.Where(m => !m.Declaration.AnyOf.Intersect(Permissions.OfSupport).Any()), _ => Actors.SupportAsync());

    [Fact]
    public async Task Of_several_permissions_any_one_suffices()
    {
        var methods = Walk.Methods.Where(m => m.Declaration.AnyOf.Count > 1).ToList();
        Assert.NotEmpty(methods);
        foreach (var method in methods)
        {
            foreach (var permission in method.Declaration.AnyOf)
            {
                await using var scope = await Actors.EmployeeAsync(permission);
                Assert.IsNotType<NotPermittedException>(await MethodCall.FailureAsync(scope.ServiceProvider, method));
            }
        }
    }

    [Fact]
    public async Task What_only_Samia_itself_does_nobody_else_can_call()
    {
        var methods = Walk.Methods.Where(m => m.Declaration.IsForProduct).ToList();
        Assert.NotEmpty(methods);
        var problems = new List<string>();
        foreach (var method in methods)
        {
            await using var scope = await Actors.EmployeeAsync(Permissions.All);
            if (await MethodCall.FailureAsync(scope.ServiceProvider, method) is not InvalidOperationException { Message: var message }
                || !message.StartsWith("Only Samia itself", StringComparison.Ordinal))
            {
                problems.Add(method.ToString());
            }
        }

        AssertNone(problems);
    }

    [Fact]
    public async Task What_is_the_operators_nobody_of_a_business_can_call_nor_somebody_on_a_visit()
    {
        var methods = Walk.Methods.Where(m => m.Declaration.IsForPlatform).ToList();
        Assert.True(methods.Count > 10, $"Only {methods.Count} methods were found.");
        var problems = new List<string>();
        foreach (var method in methods)
        {
            foreach (var actor in (Func<Task<AsyncServiceScope>>[])[() => Actors.EmployeeAsync(Permissions.All), () => Actors.TokenAsync(Permissions.All), Actors.SupportAsync])
            {
                await using var scope = await actor();
                if (await MethodCall.FailureAsync(scope.ServiceProvider, method) is not NotPlatformException)
                {
                    problems.Add(method.ToString());
                }
            }
        }

        AssertNone(problems);
    }

    [Fact]
    public async Task TheWalk_catches_a_service_that_forgets()
    {
        var services = new ServiceCollection();
        services.AddScoped<ForgetfulService>().AddScoped<ServiceBehindAnother>();
        var walk = new ServiceWalk(services, typeof(PermissionWalkTests).Assembly);
        Assert.Equal(["ForgetfulService.SaysNothing", "ForgetfulService.SaysNothingInside", "ServiceBehindAnother.SaysNothingEither"], Silent(walk));

        var problems = await ProblemsAsync(walk.Methods, _ => Actors.EmployeeAsync(Permissions.All.Except([Permissions.Reply])));
        Assert.Equal(
        [
            "ForgetfulService.DoesNotAsk came to its end",
            "ForgetfulService.AsksTooLate threw ArgumentNullException",
            "ForgetfulService.AsksForAnother asked for notes.write",
        ], problems);
    }

    private static IEnumerable<string> Silent(ServiceWalk walk) =>
        walk.Methods.Where(m => !m.Declaration.SaysSomething).Select(m => m.ToString());

    private static async Task EachRefusesAsync(
        IEnumerable<ServiceMethod> methods, Func<ServiceMethod, Task<AsyncServiceScope>> actor)
    {
        var asked = methods.Where(m => m.Declaration.AnyOf.Count > 0).ToList();
        Assert.NotEmpty(asked);
        AssertNone(await ProblemsAsync(asked, actor));
    }

    private static async Task<List<string>> ProblemsAsync(
        IEnumerable<ServiceMethod> methods, Func<ServiceMethod, Task<AsyncServiceScope>> actor)
    {
        var problems = new List<string>();
        foreach (var method in methods.Where(m => m.Declaration.AnyOf.Count > 0))
        {
            await using var scope = await actor(method);
            var problem = await MethodCall.FailureAsync(scope.ServiceProvider, method) switch
            {
                NotPermittedException refused when method.Declaration.AnyOf.Contains(refused.Permission) => null,
                NotPermittedException other => $"{method} asked for {other.Permission}",
                null => $"{method} came to its end",
                var another => $"{method} threw {another.GetType().Name}",
            };
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    private static void AssertNone(IEnumerable<string> problems) => Assert.True(!problems.Any(), string.Join('\n', problems));
}
