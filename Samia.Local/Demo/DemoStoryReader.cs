using System.Globalization;
using System.Text;
using Samia.Local.Simulator;

namespace Samia.Local.Demo;

/// <summary>Reads a story file, one conversation after another.</summary>
internal sealed class DemoStoryReader(DemoBusiness business, string file, DateTimeOffset now)
{
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan NextLineTakes = TimeSpan.FromSeconds(35);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(business.Registration.TimeZone);
    private readonly List<DemoConversation> _conversations = [];
    private readonly HashSet<string> _employees = [.. business.Employees.Values.Select(name => name.Split(' ')[0])];
    private List<DemoStep> _steps = [];
    private DateTimeOffset? _at;
    private string? _lastOfBusiness;
    private int _line;

    public IReadOnlyList<DemoConversation> Read(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            _line++;
            line = line.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                Read(line);
            }
        }

        return _conversations;
    }

    private void Read(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var others] ? (first, others.Trim()) : (line, "");
        switch (word)
        {
            case "=": Begin(rest); break;
            case "@": _at = Moment(rest); break;
            case "+": _at += Duration(rest); break;
            case "<" or "<<": Write(rest, quotes: word == "<<"); break;
            case ">": Answer(rest); break;
            case "*": _steps.Add(new CustomerReacts(Next(AnswerTakes), LastOfBusiness(), rest)); break;
            case "note":
                var (author, note) = Cut(rest, ':');
                _steps.Add(new EmployeeNotes(Next(AnswerTakes), Employee(author), note));
                break;
            case "assign":
                var (by, to) = Cut(rest, '>');
                _steps.Add(new EmployeeAssigns(Next(NextLineTakes), Employee(by), Employee(to)));
                break;
            case "resolve": _steps.Add(new EmployeeResolves(Next(AnswerTakes), Employee(rest))); break;
            case "read": _steps.Add(new EmployeeReads(Next(NextLineTakes), Employee(rest))); break;
            default: throw Wrong($"'{word}' begins no line of a story");
        }
    }

    private void Begin(string rest)
    {
        var parts = rest.Split('|', StringSplitOptions.TrimEntries);
        var number = parts.Skip(1).FirstOrDefault(p => p.StartsWith('+'));
        var username = parts.Skip(1).FirstOrDefault(p => p.StartsWith('@'))?[1..];
        var waId = number is null ? null : NewPhone.Digits(number);
        if (waId is null && username is null)
        {
            throw Wrong("a customer needs a number or a username");
        }

        // Always the same, so that whoever reads the story twice means the same person.
        var bsuid = string.Create(CultureInfo.InvariantCulture,
            $"{NewPhone.CountryOf(waId ?? "")}.{4_710_000_000_000_000 + (_conversations.Count * 7919)}");
        _steps = [];
        (_at, _lastOfBusiness) = (null, null);
        _conversations.Add(new DemoConversation(new NewPhone(parts[0], waId, bsuid, username, waId is null), _steps));
    }

    private void Write(string rest, bool quotes)
    {
        var at = Next(_steps.LastOrDefault() is CustomerWrites ? NextLineTakes : AnswerTakes);
        try
        {
            var (type, content) = DemoContent.Of(rest);
            _steps.Add(new CustomerWrites(at, NewWamid(), type, content, quotes ? LastOfBusiness() : null));
        }
        catch (ArgumentException wrong)
        {
            throw Wrong(wrong.Message);
        }
    }

    // > Layal: text     > Layal (delivered): text     > Layal (failed 131026): text
    private void Answer(string rest)
    {
        var (head, text) = Cut(rest, ':');
        var (who, status) = head.Split('(', 2) is [var name, var state] ? (name, state.TrimEnd(')', ' ')) : (head, "read");
        var (word, code) = status.Split(' ') is [var failed, var number]
            ? (failed, int.Parse(number, CultureInfo.InvariantCulture))
            : (status, (int?)null);
        if (!Enum.TryParse<ChatStatus>(word, ignoreCase: true, out var reached))
        {
            throw Wrong($"'{word}' is no status");
        }

        _lastOfBusiness = NewWamid();
        _steps.Add(new EmployeeWrites(
            Next(_steps.LastOrDefault() is EmployeeWrites ? NextLineTakes : AnswerTakes), Employee(who), _lastOfBusiness, text, reached, code));
    }

    private DateTimeOffset Next(TimeSpan pause)
    {
        var at = _at ?? throw Wrong("the story of a customer begins with @ and a time");
        _at = at + pause;
        return at < now ? at : now.AddSeconds(-1);
    }

    // "3d 09:14": that many days ago, by the business's clock. "50m": so long ago.
    private DateTimeOffset Moment(string text)
    {
        if (text.Split(' ') is not [var ago, var clock])
        {
            return now - Duration(text);
        }

        var day = TimeZoneInfo.ConvertTime(now, _zone).Date - Duration(ago);
        var local = day + TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan();
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private TimeSpan Duration(string text) =>
        int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var count)
            ? text[^1] switch
            {
                'd' => TimeSpan.FromDays(count),
                'h' => TimeSpan.FromHours(count),
                'm' => TimeSpan.FromMinutes(count),
                _ => throw Wrong($"'{text}' is no duration"),
            }
            : throw Wrong($"'{text}' is no duration");

    private string Employee(string name) =>
        _employees.Contains(name.Trim()) ? name.Trim() : throw Wrong($"nobody named '{name.Trim()}' works there");

    private string LastOfBusiness() => _lastOfBusiness ?? throw Wrong("the business has said nothing yet");

    private (string Before, string After) Cut(string text, char at) =>
        text.Split(at, 2, StringSplitOptions.TrimEntries) is [var head, var rest] ? (head, rest) : throw Wrong($"a '{at}' is missing");

    private string NewWamid() => "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{business.Slug}:{_line:D5}"));

    private FormatException Wrong(string what) => new($"{file}, line {_line}: {what}.");
}
