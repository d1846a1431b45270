using Microsoft.AspNetCore.Authorization;
using MudBlazor;
using MudBlazor.Services;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

internal static class ShellRoom
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddLanguages();
        builder.Services.AddScoped<PersonalChoices>();
        builder.Services.AddScoped<Confirmation>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedPages>();
        builder.Services.AddTransient<MudLocalizer, MudBlazorTexts>();
        builder.Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = true;
        });
    }

    public static void MapShell(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseProblemPages();
        app.UseTeam();
        app.UseAntiforgery();
        app.MapLanguages();
        app.MapThemes();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
