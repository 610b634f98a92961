using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BlueTechWave.Core.Data;

/// <summary>
/// Times are UTC on both providers: SQLite reads them back without a kind, PostgreSQL refuses any other. Cut to
/// microseconds, the finest that PostgreSQL keeps, so that both hold the same moment.
/// </summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    written => new DateTime(written.Ticks - written.Ticks % 10, DateTimeKind.Utc),
    read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
