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
        }).AddEntityFrameworkStores<PlatformDbContext>().AddSignInManager().AddDefaultTokenProviders();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
    }

    public static void MapTeam(this WebApplication app)
    {
    }
}
