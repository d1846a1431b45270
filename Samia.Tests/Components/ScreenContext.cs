using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.Components;

/// <summary>Renders components. Those that ask services get the real ones, of an employee at their desk.</summary>
public sealed class ScreenContext : BunitContext
{
    /// <summary>The clock of a screen that is looked at on Tuesday, 24 November 2026, at 15:00 in Beirut.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 13, 0, 0, TimeSpan.Zero);

    public static readonly LocalTime Time = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"), Now);

    public ScreenContext(Desk? desk = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(mud => mud.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddLocalization();
        Services.AddScoped<ErrorSentences>();
        Services.AddSingleton(TimeProvider.System);
        if (desk is not null)
        {
            Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
        }
    }

    public static Colleague Layal { get; } = new(Guid.Parse("0199aa00-0000-7000-8000-000000000001"), "Layal Saab", true);

    public ISnackbar Snackbar => Services.GetRequiredService<ISnackbar>();
}
