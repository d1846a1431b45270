using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Samia.Data;

namespace Samia.Inbox.Team;

internal static class TeamRoom
{
    public static void AddTeam(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PermissionChecker>();
        builder.Services.AddScoped<EmployeeRegistration>();
        builder.Services.AddScoped<Colleagues>();
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

    public static void MapTeam(this WebApplication app) => app.MapSignOut();

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
        builder.Services.AddScoped<SignInSteps>();
        builder.Services.AddScoped<Account>();
        builder.Services.AddScoped<OwnName>();
        builder.Services.AddScoped<SignInSession>();
        builder.Services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        builder.Services.AddScoped<CircuitHandler, TenantOfCircuit>();
        builder.Services.AddSignedInPolicies();
    }
}
