namespace Samia.Local.Legacy;

/// <summary>
/// Old bookings. Whose time a booking takes and who took it are names; of an employee who is not here, the note says the
/// name. Two that hold the same employee's time cannot both be taken: the first one is.
/// </summary>
internal sealed class LegacyBookings : LegacyTable
{
    private const int MaxNote = 2000;

    private static readonly LegacyStage Stage = new("legacy_bookings",
        ["key text", "id uuid", "wa_id text", "service text", "staff text", "handled_by text", "state text", "starts_at timestamptz",
            "ends_at timestamptz", "price numeric", "currency text", "note text", "created_at timestamptz", "place integer"]);

    public override string Name => "bookings";
    public override IReadOnlyList<string> Required => ["customer_id", "service_id", "starts_at", "status"];
    public override IReadOnlyList<string> Optional => ["ends_at", "staff", "handled_by", "price", "currency", "notes", "created_at"];

    public override IReadOnlyList<LegacyReference> References =>
        [new("customer_id", "customers", "customer", ["phone"]), new("service_id", "services", "service", ["name"])];

    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        new("""
            insert into bookings (business_id, id, service_id, customer_id, employee_id, handled_by_id, conversation_id, state, starts_at, ends_at,
                free_again_at, price, currency, note, created_at)
            select app.current_business_id(), b.id, s.id, c.id, e.id, h.id, v.id, b.state, b.starts_at, times.ends_at,
                times.ends_at + make_interval(mins => s.buffer_minutes), coalesce(b.price, s.price), coalesce(b.currency, s.currency),
                left(case when b.staff is not null and e.id is null then btrim(b.note || E'\n' || b.staff, E'\n') else b.note end, 2000), b.created_at
            from legacy_bookings b
            cross join lateral (select id from customers where wa_id = b.wa_id offset 0) c
            cross join lateral (select * from services where name = b.service offset 0) s
            left join lateral (select id from conversations where customer_id = c.id offset 0) v on true
            cross join lateral (select coalesce(b.ends_at, b.starts_at + make_interval(mins => s.duration_minutes)) as ends_at) times
            left join legacy_employees e on e.name = lower(b.staff) left join legacy_employees h on h.name = lower(b.handled_by)
            order by b.place
            on conflict do nothing
            """, Adds: "bookings"),
    ];

    public override string Left => """
        select 'bookings', b.key, case
            when (select c.id from customers c where c.wa_id = b.wa_id) is null then 'its customer is not here'
            when (select s.id from services s where s.name = b.service) is null then 'its service was refused'
            else 'it overlaps another booking of the same employee' end
        from legacy_bookings b where (select x.id from bookings x where x.id = b.id) is null
        """;

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        var (state, starts, ends) = (State(row.Word("status")), row.Time("starts_at"), row.Time("ends_at"));
        var service = LegacyServices.NameOf(row.Text("service.name"));
        var price = row.Number("price");
        var refusal = LegacyReferences.CustomerOf(row, out var number)
            ?? (row.Raw("service.id") is null ? "its service does not exist"
            : service is null ? "its service was refused"
            : starts is null ? "its beginning is missing or no time"
            : ends is null && row.Text("ends_at") is not null ? "its end is no time"
            : ends <= starts ? "it ends before it begins"
            : state is null ? "its status is not known"
            : price is not null && LegacyMoney.Amount(price) is null ? "its price is none"
            : null);
        if (refusal is not null)
        {
            taking.Refuse(refusal);
            return;
        }

        var createdAt = LegacyTime.Past(row.Text("created_at"), context.Now);
        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, createdAt), number, service, row.Text("staff"), row.Text("handled_by"), state,
            starts, ends, LegacyMoney.Amount(price), LegacyMoney.Currency(row.Text("currency")), LegacyText.Cut(row.Text("notes"), MaxNote) ?? "",
            createdAt ?? context.Now, taking.Place);
    }

    private static string? State(string? old) => old switch
    {
        null or "requested" or "pending" or "new" => "requested",
        "confirmed" or "booked" or "scheduled" => "confirmed",
        "completed" or "done" or "finished" => "completed",
        "cancelled" or "canceled" => "cancelled",
        "no_show" or "noshow" => "no_show",
        _ => null,
    };
}
