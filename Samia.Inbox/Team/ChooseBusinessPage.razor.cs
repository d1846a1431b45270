using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Where somebody who works for several businesses says for which one they act now.</summary>
public sealed partial class ChooseBusinessPage
{
    private IReadOnlyList<Employment> _choices = [];

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "employee", FormName = "choose-business")]
    public Guid? EmployeeId { get; set; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _choices = await Session.ChoicesAsync(HttpContext, HttpContext.RequestAborted);
        if (_choices.Count == 0)
        {
            Navigation.NavigateTo("/sign-in?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(ReturnUrl)));
        }
    }

    private async Task ChooseAsync()
    {
        if (_choices.FirstOrDefault(c => c.EmployeeId == EmployeeId) is { } choice)
        {
            await Session.EnterAsync(HttpContext, choice, HttpContext.RequestAborted);
            Navigation.NavigateTo(LocalUrl.Of(ReturnUrl));
        }
    }
}
