using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>How the files of a folder are written and read: YAML, Markdown under YAML, and lines of JSON.</summary>
internal static partial class FrontMatter
{
    private const string Fence = "---\n";

    private static readonly ISerializer Writer = new SerializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitDefaults | DefaultValuesHandling.OmitEmptyCollections)
        .WithTypeConverter(new Moments())
        .WithEventEmitter(next => new Quotes(next))
        .DisableAliases()
        .Build();

    private static readonly IDeserializer Reader = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithTypeConverter(new Moments())
        .Build();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The text follows the second fence to its last character, so that it comes back as it was.</summary>
    public static string Write(object matter, string body) => Fence + Yaml(matter) + Fence + body;

    /// <exception cref="FolderFaultException">It is none.</exception>
    public static (T Matter, string Body) Read<T>(string file)
    {
        if (!file.StartsWith(Fence, StringComparison.Ordinal)) throw new FolderFaultException("its first line is not ---, which begins its front matter.");
        var end = file.IndexOf("\n" + Fence, StringComparison.Ordinal);
        if (end < 0) throw new FolderFaultException("its front matter has no end: a second line of ---.");
        return (ReadYaml<T>(file[Fence.Length..(end + 1)]), file[(end + 1 + Fence.Length)..]);
    }

    public static string Yaml(object graph)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        // Lines of any length: a folded one would be another text to simpler readers.
        Writer.Serialize(new Emitter(text, EmitterSettings.Default.WithBestWidth(int.MaxValue).WithNewLine("\n")), graph);
        return text.ToString();
    }

    /// <inheritdoc cref="Read"/>
    public static T ReadYaml<T>(string yaml)
    {
        try
        {
            return Reader.Deserialize<T>(yaml) ?? throw new FolderFaultException("nothing is in it.");
        }
        catch (YamlException wrong)
        {
            throw new FolderFaultException($"line {wrong.Start.Line}: {(wrong.InnerException?.Message ?? wrong.Message).ReplaceLineEndings(" ")}", wrong);
        }
    }

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <inheritdoc cref="Read"/>
    public static T ReadLine<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json) ?? throw new FolderFaultException("a line of it is empty.");
        }
        catch (JsonException wrong)
        {
            throw new FolderFaultException(wrong.Message.ReplaceLineEndings(" "), wrong);
        }
    }

    /// <summary><c>InReview</c> is <c>in-review</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum => HyphenatedNamingConvention.Instance.Apply(value.ToString());

    /// <inheritdoc cref="Read"/>
    public static T Named<T>(string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) if (Word(value) == word) return value;
        throw new FolderFaultException($"“{word}” is none of {string.Join(", ", Enum.GetValues<T>().Select(Word))}.");
    }

    /// <summary>UTC, to the last tick.</summary>
    private sealed class Moments : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(DateTime) || type == typeof(DateTime?);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var text = parser.Consume<Scalar>();
            return DateTime.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? moment
                : throw new YamlException(text.Start, text.End, $"“{text.Value}” is no moment, such as 2024-09-25T09:30:00Z.");
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            emitter.Emit(new Scalar(((DateTime)value!).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)));
    }

    /// <summary>What any reader of YAML could take for something else is quoted.</summary>
    private sealed partial class Quotes(IEventEmitter next) : ChainedEventEmitter(next)
    {
        private static readonly HashSet<string> Taken = new(["true", "false", "yes", "no", "on", "off", "null", "y", "n"], StringComparer.OrdinalIgnoreCase);

        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && (!Plain().IsMatch(text) || Taken.Contains(text))) eventInfo.Style = ScalarStyle.DoubleQuoted;
            base.Emit(eventInfo, emitter);
        }

        [GeneratedRegex(@"\A[A-Za-z](?:[A-Za-z0-9 ,./’()-]*[A-Za-z0-9./’)])?\z")]
        private static partial Regex Plain();
    }
}

/// <summary>What is wrong with a file of a folder, in a line for whoever brought it.</summary>
internal sealed class FolderFaultException(string message, Exception? inner = null) : Exception(message, inner);
