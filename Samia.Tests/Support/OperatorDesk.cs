using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;

namespace Samia.Tests.Support;

/// <summary>Somebody of the platform at work: the operator's services as they act for that person.</summary>
public sealed class OperatorDesk : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private OperatorDesk(AsyncServiceScope scope, TestOperator person) => (_scope, Person) = (scope, person);

    public TestOperator Person { get; }

    public static async Task<OperatorDesk> OpenAsync(TestInbox inbox, TestOperator? person = null)
    {
        person ??= await TestOperator.CreateAsync(inbox);
        var scope = inbox.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PlatformGate>().Enter(new SignedInPerson(
            new ProvenPerson(person.UserId, "", SignInProof.Passkey), null, new PlatformPlace(person.Id, person.Name)).ToPrincipal(Guid.NewGuid()));
        return new OperatorDesk(scope, person);
    }

    public T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
