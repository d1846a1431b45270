using Microsoft.Extensions.Options;
using MimeKit;

namespace Samia.Inbox.Mail;

/// <summary>How the mail server is spoken to.</summary>
internal enum MailSecurity
{
    /// <summary>In the clear: for a server on this machine.</summary>
    None,

    /// <summary>Encrypted from the second line on, or not at all: usually port 587.</summary>
    StartTls,

    /// <summary>Encrypted from the start: usually port 465.</summary>
    Tls,
}

/// <summary>
/// How e-mails leave. Section <c>Mail</c>: either <see cref="Host"/> or <see cref="DropFolder"/>; with neither, mails stay
/// in the queue.
/// </summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    public string? Host { get; set; }
    public int? Port { get; set; }
    public MailSecurity? Security { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>Who mails are from, such as <c>Samia &lt;no-reply@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Mails are written into this folder instead of being sent.</summary>
    public string? DropFolder { get; set; }

    /// <summary>For one try, from connecting to the server's last word.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the queue is looked through for what no signal of this node told.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a mail is this node's; later, another takes this node for dead. Longer than a try.</summary>
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait after the first failed try; it doubles with each, up to an hour.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Tries of one mail: about a day.</summary>
    public int MaxAttempts { get; set; } = 30;

    public bool HasHost => !string.IsNullOrEmpty(Host);
    public bool HasDropFolder => !string.IsNullOrEmpty(DropFolder);
    public MailSecurity EffectiveSecurity => Security ?? MailSecurity.StartTls;

    public int EffectivePort => Port ?? EffectiveSecurity switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.StartTls => 587,
        _ => 25,
    };

    public MailboxAddress Sender => MailboxAddress.Parse(string.IsNullOrEmpty(From) ? "Samia <samia@localhost>" : From);
}

internal sealed class ValidateMailOptions(IConfiguration configuration) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> failures = [];
        Require(!options.HasHost || !options.HasDropFolder, "DropFolder", "Remove it, or remove 'Mail:Host'");
        Require(options.Port is null or (> 0 and < 65536), "Port", "Set it to a number from 1 to 65535");
        Require(string.IsNullOrEmpty(options.From) || MailboxAddress.TryParse(options.From, out _), "From",
            "Set it to an address such as Samia <no-reply@example.com>");
        Require(!options.HasHost || !string.IsNullOrEmpty(options.From), "From", "Set it: mail servers ask who a mail is from");
        Require(string.IsNullOrEmpty(options.User) == string.IsNullOrEmpty(options.Password), "Password",
            "Set both 'Mail:User' and 'Mail:Password', or neither");
        Require(string.IsNullOrEmpty(options.Password) || options.EffectiveSecurity != MailSecurity.None || IsOnThisMachine(options.Host!),
            "Security", "Set it to starttls or tls, because the password would travel in the clear");
        Require(options.Timeout > TimeSpan.Zero, "Timeout", "Set it to a time above zero");
        Require(options.LookEvery > TimeSpan.Zero, "LookEvery", "Set it to a time above zero");
        Require(options.FirstWait > TimeSpan.Zero, "FirstWait", "Set it to a time above zero");
        Require(options.ClaimFor > options.Timeout, "ClaimFor", "Set it to a time longer than 'Mail:Timeout'");
        Require(options.MaxAttempts > 0, "MaxAttempts", "Set it to a number above zero");
        if ((options.HasHost || options.HasDropFolder) && string.IsNullOrEmpty(configuration[Shell.PublicAddress.Setting]))
        {
            failures.Add($"The setting '{Shell.PublicAddress.Setting}' is missing. E-mails link to it: set it to the address that people type.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        // Never the value: it may be the password.
        void Require(bool holds, string key, string remedy)
        {
            if (!holds)
            {
                failures.Add($"The setting '{MailOptions.Section}:{key}' will not do. {remedy}.");
            }
        }
    }

    private static bool IsOnThisMachine(string host) =>
        host == "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
