using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// Where somebody who opened the link of an invitation accepts it: at once, after signing in, or by making a sign-in.
/// </summary>
public sealed partial class InvitationPage
{
    public const string Address = "/invitation";

    private static readonly string SignInAddress = "/sign-in?returnUrl=" + Uri.EscapeDataString(Address);

    private string[] _link = [];
    private OfferedPlace? _place;
    private ProvenPerson? _person;
    private User? _user;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [SupplyParameterFromForm(Name = "name", FormName = "join")]
    public string? Name { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = "join")]
    public string? Password { get; set; }

    [Inject]
    public required OfferedPlaces Places { get; init; }

    [Inject]
    public required NewSignIns NewSignIns { get; init; }

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required UserManager<User> Users { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private CancellationToken Stop => HttpContext.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        _link = await LinkSecrets.ReadAsync(HttpContext, LinkSecrets.InvitationScheme);
        (_place, _problem) = await Places.FindAsync(_link, Stop);
        if (_place is not null)
        {
            _user = await Users.FindByEmailAsync(_place.Email);
            _person = (await Session.ChoicesAsync(HttpContext, Stop)).Person;
        }
    }

    private async Task AcceptAsync()
    {
        if (_place is not null && _person is not null && _person.UserId == _user?.Id)
        {
            await EnterAsync(_person, null);
        }
    }

    private async Task JoinAsync()
    {
        if (IsNobody && HasName())
        {
            await EnterAsync(await NewSignIns.CreateAsync(_place!.Email, Password, Stop), SignInProof.Password);
        }
    }

    private async Task JoinByPasskeyAsync(string? credential)
    {
        if (!IsNobody)
        {
            return;
        }

        var made = await Passkeys.MadeAsync(credential, null, DeviceName.Of(HttpContext.Request.Headers.UserAgent));
        _problem = made is null ? L.Say(Passkeys.NotMade) : null;
        if (made is var (userId, passkey))
        {
            await EnterAsync(await NewSignIns.CreateAsync(_place!.Email, userId, passkey, Stop), SignInProof.Passkey);
        }
    }

    // Before the sign-in is made, which cannot be taken back.
    private bool HasName()
    {
        try
        {
            Name = EmployeeFields.Name(Name ?? "", L);
            return true;
        }
        catch (TeamRefusedException refused)
        {
            _problem = refused.Message;
            return false;
        }
    }

    private bool IsNobody => _place is not null && _person is null && _user is null;

    private async Task EnterAsync(PasswordAttempt made, SignInProof proof)
    {
        _problem = made.Problem;
        if (made.User is { } user)
        {
            await EnterAsync(new ProvenPerson(user.Id, user.SecurityStamp!, proof), Name);
        }
    }

    private async Task EnterAsync(ProvenPerson person, string? name)
    {
        (var employeeId, _problem) = await Places.AcceptAsync(_link, person.UserId, name, Stop);
        if ((await Session.ChoicesOfAsync(person, Stop)).As(employeeId) is { Employment: not null } place)
        {
            await LinkSecrets.ForgetAsync(HttpContext, LinkSecrets.InvitationScheme);
            await Session.EnterAsync(HttpContext, place, Stop);
            Navigation.NavigateTo("/");
        }
    }
}
