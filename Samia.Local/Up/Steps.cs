using System.Diagnostics;

namespace Samia.Local.Up;

/// <summary>Prints each step of a start and how long it took, so that nobody waits before a silent terminal.</summary>
internal static class Steps
{
    public static async Task<T> RunAsync<T>(string what, Func<Task<T>> work)
    {
        Console.Write($"  {what} ... ");
        var watch = Stopwatch.StartNew();
        try
        {
            var result = await work();
            Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
            return result;
        }
        catch
        {
            Console.WriteLine();
            throw;
        }
    }

    public static Task RunAsync(string what, Func<Task> work) => RunAsync(what, async () =>
    {
        await work();
        return true;
    });
}
