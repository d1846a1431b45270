using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>A form whose button asks the browser for a passkey, or to make one, and sends what it answers.</summary>
public sealed partial class PasskeyForm
{
    private const string SignInForm = "passkey";
    private const string NewForm = "new-passkey";

    /// <summary>Whether it makes one; otherwise it signs in with one.</summary>
    [Parameter]
    public bool IsNew { get; set; }

    /// <summary>Where the script asks what to ask the browser for.</summary>
    [Parameter]
    public string? OptionsAddress { get; set; }

    /// <summary>Whether the browser offers passkeys where the e-mail is typed, before the button is pressed.</summary>
    [Parameter]
    public bool Offer { get; set; }

    /// <summary>Of the button.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Of the button.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Fields that are sent along, and sent with the question for options too.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Called with what the browser answered, as JSON that <see cref="Passkeys"/> reads.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string?> OnCredential { get; set; }

    [SupplyParameterFromForm(Name = "credential", FormName = SignInForm)]
    public string? Credential { get; set; }

    [SupplyParameterFromForm(Name = "credential", FormName = NewForm)]
    public string? NewCredential { get; set; }

    private string Options => OptionsAddress ?? (IsNew ? PasskeyEndpoints.CreationOptions : PasskeyEndpoints.RequestOptions);

    private Task SendAsync() => OnCredential.InvokeAsync(IsNew ? NewCredential : Credential);
}
