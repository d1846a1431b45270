using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Samia.Inbox.Team;

/// <summary>Says as whom, and for which business, this screen acts, and offers the person's other businesses.</summary>
public sealed partial class SignedInAs : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<Employment> _others = [];

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required Employments Employments { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        if (user.HasSession)
        {
            var places = await Employments.OfPersonAsync(user.UserId, _gone.Token);
            _others = [.. places.Where(p => p.IsOpen && !(user.HasBusiness && p.EmployeeId == user.EmployeeId))];
        }
    }

    private string Title(ClaimsPrincipal user) =>
        string.Join(", ", new[] { user.Identity!.Name, L.RoleName(user.RoleName), user.BusinessName }.OfType<string>());

    private static Guid OwnerOf(ClaimsPrincipal user) => user.HasBusiness ? user.EmployeeId : user.UserId;
}
