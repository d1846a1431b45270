using System.Threading.Channels;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Somebody asked for a link to choose a new password.</summary>
internal sealed record PasswordResetRequest(string Email, Language Language);

/// <summary>
/// Takes what people ask for, and lets <see cref="PasswordResetWorker"/> see whether there is such a person: whoever asks
/// is answered before anybody looked, so that neither words nor time tell who has a sign-in.
/// </summary>
public sealed partial class PasswordResets(ILogger<PasswordResets> logger)
{
    private const int MaxWaiting = 500;

    private readonly Channel<PasswordResetRequest> _asked = Channel.CreateBounded<PasswordResetRequest>(MaxWaiting);

    internal ChannelReader<PasswordResetRequest> Asked => _asked.Reader;

    /// <summary>Where too many wait, it is forgotten: whoever asked will ask again.</summary>
    [RequiresNoPermission("Whoever asks has forgotten what would prove who they are.")]
    public void Ask(string email, Language language)
    {
        if (!_asked.Writer.TryWrite(new PasswordResetRequest(email, language)))
        {
            LogForgotten(MaxWaiting);
        }
    }

    [LoggerMessage(EventId = 5013, Level = LogLevel.Warning, Message = "{Count} requests for a new password wait already; another was dropped")]
    private partial void LogForgotten(int count);
}
