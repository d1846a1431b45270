using MimeKit;

namespace Samia.Local.Up;

/// <summary>
/// Watches the folder into which the inbox writes its e-mails, and prints who each is to, what about and where it leads,
/// so that a link can be opened without a mail program.
/// </summary>
public sealed class MailDrop : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _leaving = new();
    private readonly HashSet<string> _seen;
    private readonly string _folder;
    private readonly Task _watching;

    private MailDrop(string folder, Action<string> print)
    {
        _folder = folder;
        _seen = [.. Files()];
        _watching = WatchAsync(print);
    }

    /// <summary>Begins with the next mail; those that are there already were printed when they came.</summary>
    /// <param name="folder">Need not exist yet.</param>
    /// <param name="print">Gets the lines of one mail at a time.</param>
    public static MailDrop Watch(string folder, Action<string> print) => new(folder, print);

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }

    private async Task WatchAsync(Action<string> print)
    {
        // Looked at, and not told by the system: a folder on a network or in a container tells nothing.
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
            {
                foreach (var file in Files().Order(StringComparer.Ordinal).Where(_seen.Add))
                {
                    print(await DescribeAsync(file, _leaving.Token));
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private string[] Files() => Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.eml") : [];

    private static async Task<string> DescribeAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var mail = await MimeMessage.LoadAsync(file, cancellationToken);
            var link = (mail.TextBody ?? "").Split('\n', StringSplitOptions.TrimEntries)
                .FirstOrDefault(line => Uri.TryCreate(line, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
            return $"""

                  E-mail to {mail.To}: {mail.Subject}
                  {link ?? file}
                """;
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or UnauthorizedAccessException)
        {
            return $"  An e-mail that cannot be read: {file} ({unreadable.Message})";
        }
    }
}
