using System.Net.Mail;
using System.Text.Json.Nodes;
using Samia.Inbox.Customers;
using Samia.Inbox.Shell;

namespace Samia.Local.Legacy;

/// <summary>
/// Old customers. Rows of one phone number are one person, and so is whoever has the number here already: the first
/// that says something is believed. What does not fit its column goes to the attributes.
/// </summary>
internal sealed class LegacyCustomers : LegacyTable
{
    private const int MaxName = 120;
    private const int MaxEmail = 256;

    private static readonly LegacyStage Stage = new("legacy_customers",
        ["key text", "id uuid", "wa_id text", "name text", "email text", "language text", "attributes text", "created_at timestamptz", "place integer"]);

    public override string Name => "customers";
    public override IReadOnlyList<string> Required => ["phone", "name"];
    public override IReadOnlyList<string> Optional => ["email", "language", "created_at"];
    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        new("""
            insert into customers (business_id, id, wa_id, name, email, language, attributes, created_at)
            select distinct on (s.wa_id) app.current_business_id(), s.id, s.wa_id, s.name, s.email, s.language, s.attributes::jsonb, s.created_at
            from legacy_customers s order by s.wa_id, s.place
            on conflict do nothing
            """, Adds: "customers"),
        // Whoever wrote here before is called by the name that the business knows from now on.
        new("""
            do $$ declare told record; begin
                for told in
                    select c.id, s.*, c.name is null and s.name is not null as is_named
                    from (select wa_id, min(created_at) as created_at,
                            (array_agg(name order by place) filter (where name is not null))[1] as name,
                            (array_agg(email order by place) filter (where email is not null))[1] as email,
                            (array_agg(language order by place) filter (where language is not null))[1] as language
                        from legacy_customers group by wa_id) s
                    cross join lateral (select * from customers where wa_id = s.wa_id offset 0) c
                    where s.created_at < c.created_at or (c.name is null and s.name is not null)
                        or (c.email is null and s.email is not null) or (c.language is null and s.language is not null)
                loop
                    update customers set name = coalesce(name, told.name), email = coalesce(email, told.email),
                        language = coalesce(language, told.language), created_at = least(created_at, told.created_at)
                    where id = told.id;
                    if told.is_named then
                        update conversations set customer_name = told.name where customer_id = told.id;
                    end if;
                end loop;
            end $$
            """),
    ];

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        if (NumberOf(row.Text("phone")) is not { } number)
        {
            taking.Refuse("its phone number is missing or none with a country code");
            return;
        }

        var (name, email, language) = (row.Text("name"), row.Text("email"), row.Text("language"));
        var attributes = new JsonObject();
        if (name?.Length > MaxName)
        {
            attributes["full_name"] = name;
        }

        if (email is not null && (email.Length > MaxEmail || !MailAddress.TryCreate(email, out _)))
        {
            (attributes["email"], email) = (email, null);
        }

        if (language is not null && LanguageTag.Of(language) is null)
        {
            (attributes["language"], language) = (language, null);
        }

        var createdAt = LegacyTime.Past(row.Text("created_at"), context.Now);
        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, createdAt), number, LegacyText.Cut(name, MaxName), email,
            language is null ? null : LanguageTag.Of(language), attributes.ToJsonString(), createdAt ?? context.Now, taking.Place);
    }

    /// <summary>Digits as WhatsApp names a customer; null if nobody can have this number.</summary>
    public static string? NumberOf(string? phone) => phone is null ? null : PhoneText.Digits(phone);
}
