namespace Samia.Local.Commands;

/// <summary>What <c>./samia up</c> was asked for.</summary>
public sealed record UpOptions
{
    public string? Home { get; init; }
    public int? Port { get; init; }
    public int? SimulatorPort { get; init; }
    public bool Fresh { get; init; }
    public bool Detach { get; init; }

    /// <summary>How many conversations to give to the business "Scale Test".</summary>
    public int? Scale { get; init; }

    /// <exception cref="UsageException">An option is unknown, or its value is wrong.</exception>
    public static UpOptions Parse(IEnumerable<string> arguments)
    {
        var reader = new OptionReader(arguments);
        var options = new UpOptions
        {
            Home = reader.Value("--home"),
            Port = reader.Number("--port", 1, 65535),
            SimulatorPort = reader.Number("--simulator-port", 1, 65535),
            Fresh = reader.Switch("--fresh"),
            Detach = reader.Switch("--detach"),
            Scale = reader.Number("--scale", 1, 100_000_000),
        };
        reader.Finish("up");
        return options.Port is { } port && port == options.SimulatorPort
            ? throw new UsageException("--port and --simulator-port must differ.")
            : options;
    }
}
