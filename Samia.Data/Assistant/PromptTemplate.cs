using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>What the assistant is told for one purpose in one language. What it says stands in its versions.</summary>
public sealed class PromptTemplate : TenantEntity
{
    public required PromptKind Kind { get; init; }

    /// <summary>A BCP 47 tag.</summary>
    public required string Language { get; init; }
    public required string Name { get; set; }

    /// <summary>The version that the assistant uses; null while none is published.</summary>
    public Guid? PublishedVersionId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum PromptKind { Reply, Handoff, Summary, Copilot }

/// <summary>One text of a prompt. A version is never changed: an edit is the next one.</summary>
public sealed class PromptVersion : TenantEntity
{
    public required Guid PromptTemplateId { get; init; }

    /// <summary>Counts from 1 within its template.</summary>
    public required int Number { get; init; }
    public required string Body { get; init; }
    public Guid? AuthorId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PromptTemplateConfiguration : IEntityTypeConfiguration<PromptTemplate>
{
    public void Configure(EntityTypeBuilder<PromptTemplate> builder)
    {
        builder.ToTable("prompt_templates");
        builder.Property(p => p.Name).HasMaxLength(120);
        builder.Property(p => p.Language).HasMaxLength(35);
        builder.HasIndex(p => new { p.BusinessId, p.Kind, p.Language, p.Name }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(p => p.BusinessId);
        builder.HasOne<PromptVersion>().WithMany().HasForeignKey(p => new { p.BusinessId, p.PublishedVersionId });
    }
}

internal sealed class PromptVersionConfiguration : IEntityTypeConfiguration<PromptVersion>
{
    public void Configure(EntityTypeBuilder<PromptVersion> builder)
    {
        builder.ToTable("prompt_versions", t =>
            {
                t.HasCheckConstraint("ck_prompt_versions_number", "number > 0");
                t.HasCheckConstraint("ck_prompt_versions_body", "length(btrim(body)) between 1 and 20000");
            })
            .AppMay("select, insert, delete");
        builder.HasIndex(v => new { v.BusinessId, v.PromptTemplateId, v.Number }).IsUnique();
        builder.HasOne<PromptTemplate>().WithMany().HasForeignKey(v => new { v.BusinessId, v.PromptTemplateId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(v => new { v.BusinessId, v.AuthorId });
    }
}
