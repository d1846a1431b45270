namespace Samia.Local.Legacy;

/// <summary>Old services. A service is known by its name: one of a name that is here already is taken for it.</summary>
internal sealed class LegacyServices : LegacyTable
{
    private const int MaxName = 120;
    private const int MaxDescription = 2000;

    private static readonly LegacyStage Stage = new("legacy_services",
        ["key text", "id uuid", "name text", "description text", "price numeric", "currency text", "duration integer", "buffer integer",
            "is_active boolean", "created_at timestamptz", "place integer"]);

    public override string Name => "services";
    public override IReadOnlyList<string> Required => ["name", "price", "currency", "duration_minutes"];
    public override IReadOnlyList<string> Optional => ["description", "buffer_minutes", "is_active", "created_at"];
    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        new("""
            insert into services (business_id, id, name, description, price, currency, duration_minutes, buffer_minutes, is_active, created_at)
            select distinct on (s.name) app.current_business_id(), s.id, s.name, s.description, s.price, s.currency, s.duration, s.buffer,
                s.is_active, s.created_at
            from legacy_services s order by s.name, s.place
            on conflict do nothing
            """, Adds: "services"),
    ];

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        var (name, currency, price, duration) = (NameOf(row.Text("name")), LegacyMoney.Currency(row.Text("currency")),
            LegacyMoney.Amount(row.Number("price")), row.Number("duration_minutes"));
        var buffer = row.Number("buffer_minutes") ?? 0;
        var refusal =
            name is null ? "it has no name"
            : price is null ? "its price is missing or none"
            : currency is null ? "its currency is no code of three letters"
            : duration is not (>= 1 and <= 1440) ? "its duration is not from 1 to 1440 minutes"
            : buffer is not (>= 0 and <= 1440) ? "its buffer is not from 0 to 1440 minutes"
            : null;
        if (refusal is not null)
        {
            taking.Refuse(refusal);
            return;
        }

        var createdAt = LegacyTime.Past(row.Text("created_at"), context.Now);
        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, createdAt), name, LegacyText.Cut(row.Text("description"), MaxDescription) ?? "",
            price, currency, (int)duration!, (int)buffer, row.Text("is_active") is null || row.Flag("is_active"), createdAt ?? context.Now, taking.Place);
    }

    /// <summary>The name under which a service is here.</summary>
    public static string? NameOf(string? name) => LegacyText.Cut(name, MaxName);
}
