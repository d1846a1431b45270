using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

internal static class TeamRoom
{
    public static void AddTeam(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PermissionChecker>();
        builder.Services.AddScoped<Grants>();
        builder.Services.AddScoped<LastAdmin>();
        builder.Services.AddScoped<Roles>();
        builder.Services.AddScoped<EmployeeRegistration>();
        builder.Services.AddScoped<Colleagues>();
        builder.Services.AddScoped<EmployeeGuards>();
        builder.Services.AddScoped<EmployeePlaces>();
        builder.Services.AddScoped<EmployeeEmails>();
        builder.Services.AddScoped<EmployeeDirectory>();
        builder.Services.AddScoped<Employees>();
        builder.Services.AddScoped<Departures>();
        builder.Services.AddHostedService<DepartureWorker>();
        builder.Services.AddScoped<RoleChoices>();
        builder.Services.AddScoped<Invitations>();
        builder.Services.AddScoped<Inviting>();
        builder.Services.AddScoped<InvitationMail>();
        builder.Services.AddScoped<Teams>();
        builder.Services.AddScoped<MyProfile>();
        builder.Services.AddScoped<Avatars>();
        builder.AddPresence();
        builder.Services.AddIdentityCore<User>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.Password.RequiredLength = 10;
            identity.Lockout.MaxFailedAccessAttempts = 5;
        }).AddUserStore<ProtectedUserStore>().AddErrorDescriber<SignInErrors>().AddSignInManager().AddDefaultTokenProviders()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        builder.AddSignIn();
    }

    /// <summary>Who asks, whether they may, and for which business: after the error pages and before all that is served.</summary>
    public static void UseTeam(this WebApplication app)
    {
        app.UseAuthentication();
        // Authorization asks for permissions, which are a business's.
        app.UseTenantOfRequest();
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    public static void MapTeam(this WebApplication app)
    {
        app.MapSignOut();
        app.MapPasskeys();
        app.MapLinkSecrets();
        app.MapAvatars();
    }

    private static void AddPresence(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NodeCircuits>();
        builder.Services.AddScoped<CircuitRegister>();
        builder.Services.AddScoped<CircuitHandler, PresenceOfCircuit>();
        builder.Services.AddHostedService<PresenceWorker>();
    }

    private static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<SignInOptions>(builder.Configuration.GetSection(SignInOptions.Section));
        builder.Services.AddSignInCookies();
        builder.Services.AddSignInRateLimit();
        builder.Services.AddSingleton<Employments>();
        builder.Services.AddSingleton<OpenSessions>();
        builder.Services.AddSingleton<SignInLog>();
        builder.Services.AddSingleton<SignInChanges>();
        builder.Services.AddScoped<OneTryAtATime>();
        builder.Services.AddScoped<PasswordSignIn>();
        builder.Services.AddScoped<SecondFactor>();
        builder.Services.AddScoped<Authenticator>();
        builder.Services.AddScoped<Passkeys>();
        builder.Services.AddScoped<NewSignIns>();
        builder.Services.AddSingleton<OfferedPlaces>();
        builder.Services.AddSingleton<PasswordResets>();
        builder.Services.AddScoped<PasswordReset>();
        builder.Services.AddHostedService<PasswordResetWorker>();
        builder.Services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = PasswordReset.Validity);
        builder.Services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            passkey.UserVerificationRequirement = "required";
            passkey.ResidentKeyRequirement = "required";
            // A passkey is of one name. Without a public address it is that by which the browser came.
            passkey.ServerDomain = Uri.TryCreate(builder.Configuration[PublicAddress.Setting], UriKind.Absolute, out var address)
                && address.HostNameType == UriHostNameType.Dns ? address.Host : null;
        });
        builder.Services.AddScoped<SignInSteps>();
        builder.Services.AddScoped<Account>();
        builder.Services.AddScoped<SignInSession>();
        builder.Services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        builder.Services.AddScoped<CircuitHandler, TenantOfCircuit>();
        builder.Services.AddScoped<PermissionWatch>();
        builder.Services.AddScoped<CircuitHandler, PermissionsOfCircuit>();
        builder.Services.AddSignedInPolicies();
    }
}
