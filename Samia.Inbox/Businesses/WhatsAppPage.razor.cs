using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where an admin connects the business's number. A refusal leaves what was typed.</summary>
public sealed partial class WhatsAppPage
{
    private ConnectionView? _view;
    private string _phoneNumberId = "";
    private string _wabaId = "";
    private string _number = "";
    private string? _accessToken;
    private string? _appSecret;
    private string? _verifyToken;

    [Inject]
    public required ConnectionSettings Connection { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string CallbackAddress => new Uri(new Uri(Navigation.BaseUri), "/webhooks/whatsapp").ToString();

    protected override Task OnInitializedAsync() => TryAsync(ReadAsync);

    private async Task ReadAsync()
    {
        _view = await Connection.GetAsync(Gone);
        (_phoneNumberId, _wabaId, _number) = (_view.PhoneNumberId, _view.WabaId, _view.DisplayPhoneNumber);
        (_accessToken, _appSecret, _verifyToken) = (null, null, null);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Connection.SaveAsync(
            new ConnectionChange(_phoneNumberId, _wabaId, _number, _accessToken, _appSecret, _verifyToken), Gone);
        Snackbar.Add(L["The connection is saved."], Severity.Success);
        await ReadAsync();
    });
}
