using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Local.Up;
using Samia.Tests.Architecture;

namespace Samia.Tests.Local;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_lists_every_command_at_once()
    {
        var (exitCode, output, _) = await SamiaAsync("help");
        Assert.Equal(0, exitCode);
        foreach (var command in (string[])["up", "down", "psql", "test", "bench", "migrate", "export", "import", "import-legacy", "verify-audit", "rotate-keys", "help"])
        {
            Assert.Contains($"./samia {command}", output);
        }
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_named()
    {
        var (exitCode, _, error) = await SamiaAsync("frobnicate");
        Assert.Equal(2, exitCode);
        Assert.Contains("frobnicate", error);
    }

    [Theory]
    [InlineData("--prot 80", "up does not know '--prot'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port --fresh", "--port needs a value")]
    [InlineData("--port abc", "not 'abc'")]
    [InlineData("--port 70000", "from 1 to 65535")]
    [InlineData("--scale -5", "not '-5'")]
    [InlineData("--port 80 --simulator-port 80", "must differ")]
    public void A_wrong_option_is_named(string arguments, string message)
    {
        var wrong = Assert.Throws<UsageException>(() => UpOptions.Parse(arguments.Split(' ')));
        Assert.Contains(message, wrong.Message);
    }

    [Fact]
    public void Options_are_understood_with_a_space_or_an_equals_sign()
    {
        var options = UpOptions.Parse(["--home", "/tmp/x", "--port=81", "--simulator-port", "82", "--fresh", "--detach"]);
        Assert.Equal(new UpOptions { Home = "/tmp/x", Port = 81, SimulatorPort = 82, Fresh = true, Detach = true }, options);
    }

    [Fact]
    public async Task Psql_where_nothing_runs_says_so()
    {
        var home = Directory.CreateTempSubdirectory("samia-home-").FullName;
        Assert.Equal(1, await LocalProgram.RunAsync(["psql", "--home", home]));
        Assert.Equal(2, await LocalProgram.RunAsync(["psql", "--home", home, "--as", "root"]));
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public void A_home_is_held_by_one_at_a_time()
    {
        var directory = Directory.CreateTempSubdirectory("samia-home-").FullName;
        var home = LocalHome.Open(directory);
        using (home.TryLock())
        {
            Assert.Null(home.TryLock());
        }

        using var again = home.TryLock();
        Assert.NotNull(again);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void A_taken_port_is_refused_if_asked_for_and_passed_over_by_default()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Contains($"{port}", Assert.Throws<LocalSetupException>(() => Ports.Choose("--port", port, 1)).Message);
        Assert.True(Ports.Choose("--port", null, port) > port);
    }

    [Fact]
    public void A_process_is_not_taken_for_a_later_one_with_its_id()
    {
        using var self = Process.GetCurrentProcess();
        var mark = ProcessMark.Of(self);
        Assert.NotNull(mark.Find());
        Assert.Null((mark with { StartedAt = mark.StartedAt.AddMinutes(-1) }).Find());
    }

    private static async Task<(int ExitCode, string Output, string Error)> SamiaAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Sources.Root, "samia"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, error);
    }
}
