using System.Text.RegularExpressions;
using Npgsql;
using Samia.Data;

namespace Samia.Tests.Architecture;

/// <summary>What docker-compose.yml starts is what the code reads and what the docs describe.</summary>
public sealed partial class ComposeTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();
    private static readonly string[] Nodes = ["inbox-1", "inbox-2"];

    // Read by the framework and by libraries, not by our code.
    private static readonly string[] SettingsOfOthers = ["OTEL_", "Logging__", "ASPNETCORE_", "AllowedHosts"];

    [Fact]
    public void It_starts_what_production_needs() =>
        Assert.Equal(["balancer", "inbox-1", "inbox-2", "migrate", "postgres", "redis"], Compose.Services.Order());

    [Fact]
    public void Two_nodes_differ_in_nothing_and_stand_behind_a_balancer_that_is_sticky_and_asks_for_health()
    {
        Assert.Equal(Compose.Environment(Nodes[0]), Compose.Environment(Nodes[1]));
        Assert.All(Nodes, node => Assert.Contains($"{node}:8080", (string)Compose.Environment("balancer")["SAMIA_NODES"]));
        var configuration = File.ReadAllText(Path.Combine(Sources.Root, "deploy", "Caddyfile"));
        Assert.Contains("reverse_proxy {$SAMIA_NODES}", configuration);
        Assert.Contains("lb_policy cookie", configuration);
        Assert.Contains("health_uri /health/ready", configuration);
        Assert.All(Nodes, node => Assert.DoesNotContain("ports", Compose.Service(node).Keys));
    }

    [Fact]
    public void Everything_waits_for_what_it_needs_to_be_well()
    {
        Assert.Equal("service_healthy", WaitsFor("migrate", "postgres"));
        Assert.All(Nodes, node => Assert.Equal("service_completed_successfully", WaitsFor(node, "migrate")));
        Assert.All(Nodes, node => Assert.Equal("service_healthy", WaitsFor(node, "redis")));
        Assert.All(Nodes, node => Assert.Equal("service_healthy", WaitsFor("balancer", node)));
        Assert.All((string[])["postgres", "redis"], s => Assert.Contains("healthcheck", Compose.Service(s).Keys));
        Assert.Contains("HEALTHCHECK", Dockerfile);
    }

    [Theory]
    [InlineData("inbox-1", "Samia.Inbox")]
    [InlineData("migrate", "Samia.Local")]
    public void Every_setting_is_one_that_the_program_reads(string service, string project)
    {
        var sources = string.Join('\n', Sources.Of(project, ".cs").Select(f => f.Text));
        Assert.All(Compose.Environment(service).Keys.Where(k => !SettingsOfOthers.Any(o => k.StartsWith(o, StringComparison.Ordinal))), key =>
        {
            var name = key.Replace("__", ":");
            // Connection strings are asked for by their own name too, and options are bound to properties.
            var last = name.Split(':')[^1];
            Assert.True(sources.Contains($"\"{name}\"") || sources.Contains($"(\"{last}\"") || sources.Contains($", \"{last}\"")
                || sources.Contains($" {last} {{ get; set; }}"), $"{project} does not read {name}.");
        });
    }

    [Fact]
    public void The_nodes_get_every_setting_without_which_the_inbox_does_not_start()
    {
        var required = Sources.Of("Samia.Inbox", ".cs").SelectMany(f => Required().Matches(f.Text))
            .Select(m => m.Groups[1].Value.Replace(":", "__")).ToList();
        Assert.NotEmpty(required);
        Assert.Empty(required.Except(Compose.Environment("inbox-1").Keys));
    }

    [Fact]
    public void Each_connection_string_signs_in_as_its_role_and_no_node_has_the_owners_or_the_superusers()
    {
        foreach (var service in Compose.Services)
        {
            foreach (var (key, value) in Compose.Environment(service).Where(e => e.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && !e.Key.EndsWith("Redis", StringComparison.Ordinal)))
            {
                var role = new NpgsqlConnectionStringBuilder((string)value).Username;
                Assert.Equal(key["ConnectionStrings__".Length..] switch
                {
                    "Owner" => DatabaseRoles.Owner,
                    "App" => DatabaseRoles.App,
                    "Platform" => DatabaseRoles.Platform,
                    _ => "postgres",
                }, role);
            }
        }

        Assert.All(Nodes, n => Assert.DoesNotContain(Compose.Environment(n).Keys, k => k.EndsWith("Owner", StringComparison.Ordinal) || k.EndsWith("Superuser", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_secret_stands_in_it_and_each_is_named_in_the_example_without_a_value()
    {
        Assert.All(Secret().Matches(Compose.Text), m => Assert.Matches(@"^\$\{[A-Z_]+:\?\}", m.Groups["value"].Value));
        Assert.True(Secret().Count(Compose.Text) >= 6);
        var example = File.ReadAllLines(Path.Combine(Sources.Root, ".env.example"));
        var variables = Variable().Matches(Compose.Text).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.All(variables, v => Assert.Contains(example, line => line.StartsWith(v + "=", StringComparison.Ordinal)));
        Assert.DoesNotContain(example, line => Regex.IsMatch(line, "^[A-Z_]*(PASSWORD|KEY)=."));
        Assert.Contains(".env", File.ReadAllLines(Path.Combine(Sources.Root, ".gitignore")));
        Assert.Contains(".env", File.ReadAllLines(Path.Combine(Sources.Root, ".dockerignore")));
    }

    [Fact]
    public void The_images_are_targets_of_the_Dockerfile_and_run_as_nobody_in_particular()
    {
        foreach (var service in (string[])[.. Nodes, "migrate"])
        {
            var target = (string)ComposeFile.Map(Compose.Service(service)["build"])["target"];
            var stage = Dockerfile.Split("\nFROM ").Single(s => s.Split('\n')[0].EndsWith(" AS " + target, StringComparison.Ordinal));
            Assert.Contains("USER $APP_UID", stage);
        }

        Assert.All(Copied().Matches(Dockerfile).SelectMany(m => m.Groups[1].Value.Split(' ')),
            path => Assert.True(Path.Exists(Path.Combine(Sources.Root, path)), $"The Dockerfile copies {path}."));
    }

    private static string Dockerfile => File.ReadAllText(Path.Combine(Sources.Root, "Dockerfile"));

    private static string? WaitsFor(string service, string other) =>
        (string?)ComposeFile.Map(ComposeFile.Map(Compose.Service(service)["depends_on"])[other])["condition"];

    [GeneratedRegex("""Require\("([^"]+)"\)""")]
    private static partial Regex Required();

    [GeneratedRegex(@"(?:PASSWORD: |Password=|MasterKey: )(?<value>[^;\n]*)")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\$\{([A-Z_]+):\?")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^COPY (?!--)(.*) \S+$", RegexOptions.Multiline)]
    private static partial Regex Copied();
}
