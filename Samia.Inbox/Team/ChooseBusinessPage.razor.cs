using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Where somebody who works for several businesses says for which one they act now. The rail's menu posts here too.</summary>
public sealed partial class ChooseBusinessPage
{
    private SignInChoices _choices = new(null, [], null);

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "employee", FormName = "choose-business")]
    public Guid? EmployeeId { get; set; }

    [SupplyParameterFromForm(Name = "platform", FormName = "choose-business")]
    public bool Platform { get; set; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _choices = await Session.ChoicesAsync(HttpContext, HttpContext.RequestAborted);
        if (_choices is { Employments: [], Platform: null })
        {
            Navigation.NavigateTo("/sign-in?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(ReturnUrl)));
        }
    }

    private bool IsCurrent(Employment choice) =>
        HttpContext.User.IsEmployee && HttpContext.User.EmployeeId == choice.EmployeeId;

    private async Task ChooseAsync()
    {
        if ((EmployeeId is not null || Platform) && _choices.As(EmployeeId) is { } person)
        {
            await Session.EnterAsync(HttpContext, person, HttpContext.RequestAborted);
            Navigation.NavigateTo(person.AddressFor(ReturnUrl));
        }
    }
}
