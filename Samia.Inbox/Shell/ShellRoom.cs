namespace Samia.Inbox.Shell;

internal static class ShellRoom
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
    }

    public static void MapShell(this WebApplication app)
    {
    }
}
