using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Media</c>: where pictures live.</summary>
public sealed class MediaOptions : IValidatableObject
{
    /// <summary>Disk: the folder <c>pictures</c> in the data directory.</summary>
    [RegularExpression("Disk|S3", ErrorMessage = "Media:Provider must be Disk or S3.")]
    public string Provider { get; init; } = "Disk";

    /// <summary>Of one file that is brought to the library.</summary>
    [Range(1, 500)]
    public int MaxMegabytes { get; init; } = 40;

    /// <summary>Width times height, in millions.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; init; } = 120;

    /// <summary>Of an animation, of which the first is kept.</summary>
    [Range(1, 10_000)]
    public int MaxFrames { get; init; } = 500;

    /// <summary>That opening one picture may take.</summary>
    [Range(1, 600)]
    public int MaxSeconds { get; init; } = 20;

    public PictureLimits Limits => new((long)MaxMegabytes << 20, MaxMegapixels * 1_000_000L, MaxFrames, TimeSpan.FromSeconds(MaxSeconds));

    public S3Options S3 { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Provider == "S3" ? S3.WhatIsWrong().Select(wrong => new ValidationResult(wrong)) : [];
}

/// <summary>The section <c>Media:S3</c>: a bucket of anything that speaks S3. Read only where pictures live there, or are moved there.</summary>
public sealed partial class S3Options
{
    public string ServiceUrl { get; init; } = "";

    public string Bucket { get; init; } = "";

    public string Region { get; init; } = "us-east-1";

    public string AccessKey { get; init; } = "";

    public string SecretKey { get; init; } = "";

    /// <summary>Begins every key, so that others may share the bucket.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Never says what the keys are.</summary>
    public IEnumerable<string> WhatIsWrong()
    {
        if (!IsWeb(ServiceUrl)) yield return "Media:S3:ServiceUrl must be the address of an S3 service, for example https://s3.eu-central-1.amazonaws.com.";
        if (!BucketName().IsMatch(Bucket)) yield return "Media:S3:Bucket must name a bucket: 3 to 63 lower-case letters, digits, hyphens and dots.";
        if (Region == "") yield return "Media:S3:Region must not be empty; a service without regions takes us-east-1.";
        if (AccessKey == "") yield return "Media:S3:AccessKey must not be empty.";
        if (SecretKey == "") yield return "Media:S3:SecretKey must not be empty.";
        if (!Folders().IsMatch(Prefix)) yield return "Media:S3:Prefix must be letters, digits and -_. and end with a slash, for example pictures/.";
    }

    public S3Place Place() => new(ServiceUrl, Bucket, Region, AccessKey, SecretKey, Prefix);

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\A([A-Za-z0-9._-]+/)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Folders();
}
