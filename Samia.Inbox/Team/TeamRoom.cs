namespace Samia.Inbox.Team;

internal static class TeamRoom
{
    public static void AddTeam(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PermissionChecker>();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
    }

    public static void MapTeam(this WebApplication app)
    {
    }
}
