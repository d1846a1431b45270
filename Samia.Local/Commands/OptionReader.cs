using System.Globalization;

namespace Samia.Local.Commands;

/// <summary>Takes options (<c>--name value</c>, <c>--name=value</c>, <c>--switch</c>) off a command line.</summary>
public sealed class OptionReader(IEnumerable<string> arguments)
{
    private readonly List<string> _left = [.. arguments];

    /// <summary>What nobody has taken, in its order.</summary>
    public IReadOnlyList<string> Left => _left;

    public bool Switch(string name) => _left.Remove(name);

    /// <exception cref="UsageException">The option is there and its value is not.</exception>
    public string? Value(string name)
    {
        var index = _left.FindIndex(a => a == name || a.StartsWith(name + "=", StringComparison.Ordinal));
        if (index < 0)
        {
            return null;
        }

        var argument = _left[index];
        _left.RemoveAt(index);
        if (argument != name)
        {
            return argument[(name.Length + 1)..];
        }

        if (index == _left.Count || _left[index].StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException($"{name} needs a value.");
        }

        var value = _left[index];
        _left.RemoveAt(index);
        return value;
    }

    /// <exception cref="UsageException">The value is not a whole number within the bounds.</exception>
    public int? Number(string name, int least, int most)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
                ? number
                : throw new UsageException($"{name} must be a whole number from {least} to {most}, not '{text}'.");
    }

    /// <exception cref="UsageException">Something is left that no option explains.</exception>
    public void Finish(string command)
    {
        if (_left.Count > 0)
        {
            throw new UsageException($"{command} does not know '{_left[0]}'.");
        }
    }
}
