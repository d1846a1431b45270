using System.Runtime.InteropServices;
using Samia.Local.Commands;

namespace Samia.Local;

/// <summary>What <c>./samia</c> runs once everything is built.</summary>
public static class LocalProgram
{
    /// <returns>The exit code: 0, 1 if the command failed, 2 if it was written wrongly, 3 if an import refused some rows.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await DispatchAsync(args, stopping.Token);
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync($"samia: {wrong.Message}\nSee ./samia help.");
            return 2;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return 130;
        }
        catch (LocalSetupException setup)
        {
            await Console.Error.WriteLineAsync("samia: " + setup.Message);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static Task<int> DispatchAsync(string[] args, CancellationToken cancellationToken)
    {
        var arguments = args.Skip(1).ToArray();
        return args.FirstOrDefault() switch
        {
            "up" => UpCommand.RunAsync(UpOptions.Parse(arguments), cancellationToken),
            "down" => DownCommand.RunAsync(arguments, cancellationToken),
            "psql" => PsqlCommand.RunAsync(arguments, cancellationToken),
            "export" => ExportCommand.RunAsync(arguments, cancellationToken),
            "operator" => OperatorCommand.RunAsync(arguments, cancellationToken),
            "import-legacy" => ImportLegacyCommand.RunAsync(arguments, cancellationToken),
            "import" => ImportCommand.RunAsync(arguments, cancellationToken),
            "migrate" => MigrateCommand.RunAsync(arguments, cancellationToken),
            "verify-audit" => VerifyAuditCommand.RunAsync(arguments, cancellationToken),
            "rotate-keys" => RotateKeysCommand.RunAsync(arguments, cancellationToken),
            null => throw new UsageException("Which command?"),
            var unknown => throw new UsageException($"There is no command '{unknown}'."),
        };
    }
}
