using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Samia.Tests.Architecture;

/// <summary>docker-compose.yml, its aliases and merges resolved.</summary>
public sealed class ComposeFile
{
    private ComposeFile(Dictionary<string, object> root, string text) => (Root, Text) = (root, text);

    public Dictionary<string, object> Root { get; }
    public string Text { get; }
    public IEnumerable<string> Services => Map(Root["services"]).Keys;

    public static ComposeFile Read()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "docker-compose.yml"));
        var parser = new MergingParser(new Parser(new StringReader(text)));
        return new ComposeFile(new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser), text);
    }

    public Dictionary<string, object> Service(string name) => Map(Map(Root["services"])[name]);

    public Dictionary<string, object> Environment(string service) =>
        Service(service).TryGetValue("environment", out var environment) ? Map(environment) : [];

    public static Dictionary<string, object> Map(object node) => node switch
    {
        Dictionary<string, object> map => map,
        Dictionary<object, object> map => map.ToDictionary(e => (string)e.Key, e => e.Value ?? ""),
        _ => throw new InvalidOperationException($"Not a mapping: {node}"),
    };

    public static IEnumerable<string> List(object node) => ((List<object>)node).Cast<string>();
}
