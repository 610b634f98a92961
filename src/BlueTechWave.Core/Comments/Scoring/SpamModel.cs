using System.Buffers.Binary;
using System.IO.Compression;

namespace BlueTechWave.Core.Comments.Scoring;

/// <summary>A comment and what it turned out to be.</summary>
public sealed record LabelledComment(string Name, string Body, string Headline, bool IsSpam);

/// <summary>
/// Says how likely a comment is spam: logistic regression over hashed words, learning one comment at a time (AdaGrad). Chosen over a
/// larger learner because each of its reasons can be told in words, a decision is learned in microseconds, and all of it is a
/// quarter of a megabyte; a newsroom's few thousand decisions would not feed more.
/// </summary>
public sealed class SpamModel
{
    /// <summary>Weights; a power of two.</summary>
    private const int Size = 1 << 16;

    private const float Rate = .5f;
    private const float Decay = 1e-6f;
    private const int SeedRounds = 12;
    private const uint Format = 0x42545731;
    private const int Head = 12;

    private static readonly Lazy<SpamModel> Seed = new(() =>
    {
        var model = new SpamModel();
        var seeds = SeedSet.Comments;
        for (var round = 0; round < SeedRounds; round++)
        {
            // In an order of its own each time, the same in every process.
            var step = 1 + (2 * ((round * 17) + 5));
            for (var i = 0; i < seeds.Count; i++) model.Learn(seeds[(int)((long)i * Coprime(step, seeds.Count) % seeds.Count)]);
        }

        return model;
    });

    private readonly float[] _weights = new float[Size];
    private readonly float[] _slopes = new float[Size];
    private float _bias;

    private SpamModel()
    {
    }

    private SpamModel(SpamModel other)
    {
        other._weights.CopyTo(_weights, 0);
        other._slopes.CopyTo(_slopes, 0);
        _bias = other._bias;
    }

    /// <summary>As it comes with the site, before this newsroom has decided anything. A copy of one's own, to teach.</summary>
    public static SpamModel Seeded() => new(Seed.Value);

    /// <summary>From 0, a reader's own words, to 1, spam.</summary>
    public double Score(string name, string body, string headline = "") => Likelihood(SpamFeatures.Of(name, body, headline));

    /// <summary>What spoke most, the strongest first: above 0 for spam, below it against.</summary>
    public IReadOnlyList<(string Signal, double Weight)> Explain(string name, string body, string headline, int top) =>
        [.. SpamFeatures.Of(name, body, headline)
            .Select(f => (f.Name, Weight: (double)(_weights[Place(f.Name)] * f.Value)))
            // “the” has its weight, and tells nobody anything.
            .Where(s => Math.Abs(s.Weight) > .01 && !IsSmall(s.Name))
            .OrderByDescending(s => Math.Abs(s.Weight)).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Take(top)];

    /// <returns>What it would have said before it was told.</returns>
    public double Learn(LabelledComment comment)
    {
        var features = SpamFeatures.Of(comment.Name, comment.Body, comment.Headline);
        var said = Likelihood(features);
        var miss = (float)(said - (comment.IsSpam ? 1 : 0));
        _bias -= .05f * miss;
        foreach (var feature in features)
        {
            var place = Place(feature.Name);
            var slope = (miss * feature.Value) + (Decay * _weights[place]);
            _slopes[place] += slope * slope;
            _weights[place] -= Rate * slope / (MathF.Sqrt(_slopes[place]) + .1f);
        }

        return said;
    }

    /// <summary>Only the places that hold something, compressed.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            writer.Write(Format);
            writer.Write(_bias);
            writer.Write(_slopes.Count(s => s != 0));
            for (var i = 0; i < Size; i++)
            {
                if (_slopes[i] == 0) continue;
                writer.Write((ushort)i);
                writer.Write(_weights[i]);
                writer.Write(_slopes[i]);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Null for what is no model of ours, or is damaged.</summary>
    public static SpamModel? Load(byte[] saved)
    {
        try
        {
            using var packed = new BrotliStream(new MemoryStream(saved), CompressionMode.Decompress);
            var whole = new byte[Head + (Size * 10) + 1];
            var length = packed.ReadAtLeast(whole, whole.Length, throwOnEndOfStream: false);
            if (length < Head || BinaryPrimitives.ReadUInt32LittleEndian(whole) != Format || length != Head + (10L * BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(8)))) return null;

            var model = new SpamModel { _bias = BinaryPrimitives.ReadSingleLittleEndian(whole.AsSpan(4)) };
            for (var at = Head; at < length; at += 10)
            {
                var place = BinaryPrimitives.ReadUInt16LittleEndian(whole.AsSpan(at));
                (model._weights[place], model._slopes[place]) = (BinaryPrimitives.ReadSingleLittleEndian(whole.AsSpan(at + 2)), BinaryPrimitives.ReadSingleLittleEndian(whole.AsSpan(at + 6)));
            }

            return model._weights.All(float.IsFinite) && model._slopes.All(s => float.IsFinite(s) && s >= 0) && float.IsFinite(model._bias) ? model : null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            return null;
        }
    }

    private double Likelihood(IReadOnlyList<SpamFeature> features)
    {
        var sum = _bias;
        foreach (var feature in features) sum += _weights[Place(feature.Name)] * feature.Value;
        return 1 / (1 + Math.Exp(-Math.Clamp(sum, -30, 30)));
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static int Place(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619;
        return (int)((hash ^ (hash >> 16)) & (Size - 1));
    }

    private static bool IsSmall(string signal) =>
        signal.StartsWith("the word", StringComparison.Ordinal) && signal.Split(' ').Skip(2).All(word => word.Length < 4);

    private static int Coprime(int step, int count)
    {
        while (Gcd(step, count) != 1) step++;
        return step;

        static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
    }
}
