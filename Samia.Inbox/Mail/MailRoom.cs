using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Mail;

internal static class MailRoom
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<MailOptions>().BindConfiguration(MailOptions.Section);
        services.AddSingleton<IValidateOptions<MailOptions>, ValidateMailOptions>();
        services.AddSingleton<MailSignal>();
        services.AddSingleton<MailProtector>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailRenderer>();
        services.AddSingleton<MailMetrics>();
        services.AddHostedService<MailDispatcher>();
        services.AddHealthChecks().AddCheck<MailHealth>("mail", HealthStatus.Degraded, timeout: Patience);

        var options = builder.Configuration.GetSection(MailOptions.Section);
        if (!string.IsNullOrEmpty(options["Host"]))
        {
            services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else if (!string.IsNullOrEmpty(options["DropFolder"]))
        {
            services.AddSingleton<IMailTransport, DropFolderTransport>();
        }
    }
}
