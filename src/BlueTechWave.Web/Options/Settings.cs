using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Options;

/// <summary>What an operator has set, looked over before anything is made of it: what is no setting of ours, and what cannot be read as one.</summary>
public sealed partial class Settings : IValidateOptions<Settings>
{
    private static readonly (string Name, Type Of)[] Sections =
    [
        ("Site", typeof(SiteOptions)), ("Store", typeof(StoreOptions)), ("Backup", typeof(BackupOptions)), ("Media", typeof(MediaOptions)), ("Media:S3", typeof(S3Options)),
        ("Mail", typeof(MailOptions)), ("WebSub", typeof(WebSubOptions)), ("IndexNow", typeof(IndexNowOptions)), ("Webhooks", typeof(WebhookOptions)),
        ("RateLimits", typeof(RateLimitOptions)), ("Comments", typeof(CommentOptions)), ("Imports", typeof(ImportOptions)), ("Logs", typeof(LogOptions)),
        ("Metrics", typeof(MetricsOptions)), ("Proxies", typeof(ProxyOptions)), ("Load", typeof(LoadOptions)),
    ];

    /// <summary>A line for each key that has no meaning here.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    /// <summary>A line for each value that is of the wrong kind.</summary>
    public IReadOnlyList<string> Wrong { get; private set; } = [];

    /// <summary>Puts what stands where nothing is said in the place of what cannot be read, so that the rest can be looked at too.</summary>
    public static Settings Of(IConfiguration configuration)
    {
        List<string> unknown = [], wrong = [];
        foreach (var (section, type) in Sections)
        {
            var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
            foreach (var given in configuration.GetSection(section).GetChildren())
            {
                if (!known.TryGetValue(given.Key, out var property)) unknown.Add($"{given.Path} is no setting; did you mean {section}:{Nearest(given.Key, known.Keys)}?");
                else if (given.Value is { } value && !IsReadable(value, property.PropertyType))
                {
                    wrong.Add($"{given.Path} must be {Kind(property.PropertyType)}.");
                    given.Value = Convert.ToString(property.GetValue(Activator.CreateInstance(type)), CultureInfo.InvariantCulture);
                }
            }
        }

        return new() { Unknown = unknown, Wrong = wrong };
    }

    /// <summary>All that is wrong, a line each; none if the site can be started.</summary>
    public static IReadOnlyList<string> WhatIsWrong(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures.Select(Plain)];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(one => one is OptionsValidationException))
        {
            return [.. e.InnerExceptions.SelectMany(one => ((OptionsValidationException)one).Failures).Select(Plain).Distinct()];
        }
    }

    public ValidateOptionsResult Validate(string? name, Settings options) => Wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(Wrong);

    /// <summary>Without the framework's preamble, and with the key where it names only a member.</summary>
    private static string Plain(string failure)
    {
        var found = Preamble().Match(failure);
        if (!found.Success) return failure;
        var section = Sections.FirstOrDefault(s => s.Of.Name == found.Groups["type"].Value).Name;
        var says = found.Groups["says"].Value;
        return section is null || says.Contains(':', StringComparison.Ordinal) ? says : $"{section}:{found.Groups["member"].Value}: {says}";
    }

    [GeneratedRegex(@"\ADataAnnotation validation failed for '(?<type>\w+)' members: '(?<member>[^']*)' with the error: '(?<says>.*)'\.\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Preamble();

    private static bool IsReadable(string value, Type type)
    {
        try
        {
            return type == typeof(string) || !type.IsValueType || TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Kind(Type type) => type == typeof(bool) ? "true or false" : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : "a number";

    private static string Nearest(string key, IEnumerable<string> known) => known.MinBy(k => Slips(key.ToUpperInvariant(), k.ToUpper(CultureInfo.InvariantCulture)))!;

    /// <summary>How many letters to add, drop or change.</summary>
    private static int Slips(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var before = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (row[j], before) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)), row[j]);
        }

        return row[^1];
    }
}
