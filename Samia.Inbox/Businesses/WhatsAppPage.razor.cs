using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where an admin connects the business's number. A refusal leaves what was typed.</summary>
public sealed partial class WhatsAppPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ConnectionView? _view;
    private string? _problem;
    private bool _busy;
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

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync(ReadAsync);

    private async Task ReadAsync()
    {
        _view = await Connection.GetAsync(_gone.Token);
        (_phoneNumberId, _wabaId, _number) = (_view.PhoneNumberId, _view.WabaId, _view.DisplayPhoneNumber);
        (_accessToken, _appSecret, _verifyToken) = (null, null, null);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Connection.SaveAsync(
            new ConnectionChange(_phoneNumberId, _wabaId, _number, _accessToken, _appSecret, _verifyToken), _gone.Token);
        Snackbar.Add(L["The connection is saved."], Severity.Success);
        await ReadAsync();
    });

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is NotPermittedException or RegistrationException)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
