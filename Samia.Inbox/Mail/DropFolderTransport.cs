using Microsoft.Extensions.Options;
using MimeKit;

namespace Samia.Inbox.Mail;

/// <summary>
/// Writes each mail as a file that mail programs open, readable by its owner only. A mail that is written again takes its
/// own place.
/// </summary>
internal sealed class DropFolderTransport(IOptions<MailOptions> options) : IMailTransport
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder = Path.GetFullPath(options.Value.DropFolder!);

    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
            creation.UnixCreateMode = OwnerOnly;
        }

        var file = Path.Combine(_folder, mail.MessageId!.Split('@')[0] + ".eml");
        await using (var stream = new FileStream(file + ".new", creation))
        {
            await mail.WriteToAsync(stream, cancellationToken);
        }

        // Who watches the folder never sees half a mail.
        File.Move(file + ".new", file, overwrite: true);
    }
}
