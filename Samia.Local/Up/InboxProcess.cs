using System.Diagnostics;

namespace Samia.Local.Up;

/// <summary>How to start the inbox as a process of its own.</summary>
public sealed record InboxProcessOptions
{
    public required string AppConnection { get; init; }
    public required string PlatformConnection { get; init; }
    public required string RedisConnection { get; init; }

    /// <summary>32 bytes in base64.</summary>
    public required string MasterKey { get; init; }

    /// <summary>Where the Cloud API is: the simulator's address.</summary>
    public required Uri WhatsAppBaseAddress { get; init; }
    public required int Port { get; init; }

    /// <summary>Where e-mails are written to; null to leave them in the queue.</summary>
    public string? MailFolder { get; init; }

    /// <summary>The process's output is appended to it.</summary>
    public required string LogFile { get; init; }

    /// <summary>More environment variables, such as settings of a test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// The inbox as production runs it: a process of its own, which can be killed and started again on the same port.
/// </summary>
public sealed class InboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private readonly Process _process;

    private InboxProcess(Process process, InboxProcessOptions options)
    {
        _process = process;
        Options = options;
        Mark = ProcessMark.Of(process);
    }

    public InboxProcessOptions Options { get; }
    public ProcessMark Mark { get; }
    public Uri Address => new($"http://localhost:{Options.Port}");
    public bool HasExited => _process.HasExited;

    /// <summary>Starts it and returns at once: see <see cref="WaitUntilReadyAsync"/>.</summary>
    public static InboxProcess Start(InboxProcessOptions options)
    {
        var assembly = InboxAssembly.Find();
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(assembly) };
        // Through a file and not a pipe: the inbox must be able to write its log when whoever started it is gone.
        foreach (var argument in (string[])
                 ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", options.LogFile, InboxAssembly.DotnetHost, assembly])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__App"] = options.AppConnection;
        start.Environment["ConnectionStrings__Platform"] = options.PlatformConnection;
        start.Environment["ConnectionStrings__Redis"] = options.RedisConnection;
        start.Environment["Samia__MasterKey"] = options.MasterKey;
        start.Environment["WhatsApp__BaseAddress"] = options.WhatsAppBaseAddress.ToString();
        start.Environment["Samia__PublicAddress"] = $"http://localhost:{options.Port}";
        // What listens to webhooks on one machine is that machine.
        start.Environment["OutgoingWebhooks__AllowedNetworks"] = "127.0.0.0/8,::1";
        start.Environment["Mail__DropFolder"] = options.MailFolder ?? "";
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{options.Port}";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = InboxAssembly.EnvironmentOf(assembly);
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return new InboxProcess(Process.Start(start)!, options);
    }

    /// <summary>Waits until it answers and has served its first page.</summary>
    /// <exception cref="LocalSetupException">It ended, or did not answer in time; with the end of its log.</exception>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        WaitUntilServedAsync(["/health/live", "/"], cancellationToken);

    /// <summary>Waits until it answers, for who needs no page.</summary>
    /// <exception cref="LocalSetupException">It ended, or did not answer in time; with the end of its log.</exception>
    public Task WaitUntilLiveAsync(CancellationToken cancellationToken) =>
        WaitUntilServedAsync(["/health/live"], cancellationToken);

    /// <summary>Completes when the process ends, for whatever reason.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends it without letting it finish anything, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Starts it again on the same port, after <see cref="Kill"/> or <see cref="DisposeAsync"/>.</summary>
    public InboxProcess StartAgain() => Start(Options);

    /// <summary>Lets it finish what it does, and stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Processes.StopAsync(_process, StopPatience);
        _process.Dispose();
    }

    private async Task WaitUntilServedAsync(string[] paths, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
        var watch = Stopwatch.StartNew();
        foreach (var path in paths)
        {
            while (!await AnswersAsync(http, path, cancellationToken))
            {
                if (_process.HasExited || watch.Elapsed > StartPatience)
                {
                    throw new LocalSetupException(
                        (_process.HasExited ? $"The inbox ended with code {_process.ExitCode}" : $"The inbox does not serve {path}")
                        + $". The end of {Options.LogFile}:\n{Tail.Of(Options.LogFile, 15)}");
                }

                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException
            || (notYet is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
