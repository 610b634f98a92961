using System.Text.Json.Nodes;

namespace BlueTechWave.Web.Api;

/// <summary>One member of what is answered, as far as whoever asks needs to know it.</summary>
/// <param name="IsUsual">In a list also where nobody has asked for it.</param>
internal abstract record Field(string Name, string Says, Func<JsonObject> Shape, bool IsUsual);

/// <inheritdoc cref="Field"/>
/// <param name="Of">Takes it from what was read. Written as JSON.</param>
internal sealed record Field<T>(string Name, string Says, Func<JsonObject> Shape, Func<T, object?> Of, bool IsUsual = true) : Field(Name, Says, Shape, IsUsual);
