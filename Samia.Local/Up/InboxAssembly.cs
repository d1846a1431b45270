namespace Samia.Local.Up;

/// <summary>Finds the inbox's program beside this one.</summary>
public static class InboxAssembly
{
    private const string Name = "Samia.Inbox.dll";

    public static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    /// <summary>
    /// Published by <c>./samia</c>, it is in the directory <c>inbox</c> beside ours. Otherwise it is where
    /// <c>dotnet build</c> left it, with the same configuration as this program: a copy of the assembly elsewhere has
    /// no static files.
    /// </summary>
    /// <exception cref="LocalSetupException">It was not built.</exception>
    public static string Find()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var published = Path.Combine(here.Parent!.FullName, "inbox", Name);
        if (File.Exists(published))
        {
            return published;
        }

        for (var up = here; up is not null; up = up.Parent)
        {
            var built = Path.Combine(up.FullName, "Samia.Inbox", "bin", here.Parent.Name, here.Name, Name);
            if (File.Exists(built))
            {
                return built;
            }
        }

        throw new LocalSetupException("The inbox was not built. Start it with ./samia, or build the solution first.");
    }

    /// <summary>What was built and not published finds its static files only in Development.</summary>
    public static string EnvironmentOf(string assembly) =>
        File.Exists(Path.ChangeExtension(assembly, ".staticwebassets.runtime.json")) ? "Development" : "Production";
}
