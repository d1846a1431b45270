namespace Samia.Tests.Architecture;

/// <summary>The sources that the tests were built from.</summary>
public static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <param name="project">A directory at the top, such as <c>Samia.Inbox</c>.</param>
    /// <param name="extensions">With their dots.</param>
    public static IReadOnlyList<SourceFile> Of(string project, params string[] extensions) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => extensions.Any(e => file.EndsWith(e, StringComparison.Ordinal)))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "Migrations"))
            .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root, file))))];

    private static string FindRoot()
    {
        for (var up = new DirectoryInfo(AppContext.BaseDirectory); up is not null; up = up.Parent)
        {
            if (File.Exists(Path.Combine(up.FullName, "Samia.sln")))
            {
                return up.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
