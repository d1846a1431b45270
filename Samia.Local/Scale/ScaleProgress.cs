using System.Diagnostics;

namespace Samia.Local.Scale;

/// <summary>Prints how far the filling is, on one line of a terminal and on few lines of a log.</summary>
internal sealed class ScaleProgress(int total) : IProgress<int>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _printedTenths = -1;

    public void Report(int value)
    {
        var tenths = (int)(10L * value / total);
        if (Console.IsOutputRedirected && tenths == _printedTenths)
        {
            return;
        }

        _printedTenths = tenths;
        var line = $"  Filling Scale Test: {value:N0} of {total:N0} conversations, {_watch.Elapsed.TotalSeconds:0} s";
        Console.Write(Console.IsOutputRedirected || value == total ? line + "\n" : line + "\r");
    }
}
