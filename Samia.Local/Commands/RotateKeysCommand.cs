using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;

namespace Samia.Local.Commands;

/// <summary><c>./samia rotate-keys</c>: makes a new key and encrypts every stored secret with it.</summary>
internal static class RotateKeysCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        await using var installation = Installation.Open(reader);
        reader.Finish("rotate-keys");
        return await RunAsync(installation, KeyRotation.Notice, cancellationToken);
    }

    internal static async Task<int> RunAsync(Installation installation, TimeSpan notice, CancellationToken cancellationToken)
    {
        var rotation = installation.Services.GetRequiredService<KeyRotation>();
        Console.WriteLine($"Made the key {rotation.MakeKey()}. Nodes are given {notice.TotalSeconds:0} s to read it.");
        await Task.Delay(notice, cancellationToken);
        Console.WriteLine($"{await rotation.EncryptAnewAsync(cancellationToken)} secrets are encrypted with it. "
            + "Older ones, such as those in backups, open with the older keys, which stay in the key ring.");
        return 0;
    }
}
