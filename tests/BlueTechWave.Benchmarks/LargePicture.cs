using System.Diagnostics;
using System.Globalization;
using BlueTechWave.Core.Pictures;
using NetVips;

namespace BlueTechWave.Benchmarks;

/// <summary>What a photograph of 24 megapixels costs: until the desk sees it, until all its renditions are cut, and in memory.</summary>
internal static class LargePicture
{
    /// <param name="path">A file to begin with, made by <see cref="Make"/> in a process of its own so that its memory is not counted here.</param>
    public static void Measure(string path)
    {
        var file = File.ReadAllBytes(path);
        // The first use loads the library; a site has that behind it.
        Darkroom.Develop(Small(), PictureLimits.Usual);

        var (first, all, again, count) = (new List<double>(), new List<double>(), new List<double>(), 0);
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var developed = Darkroom.Develop(file, PictureLimits.Usual);
            first.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            var sheet = Darkroom.Print(file, developed.Kind, 50, 50, PictureLimits.Usual);
            all.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            began = Stopwatch.GetTimestamp();
            Darkroom.Print(file, developed.Kind, 20, 80, PictureLimits.Usual, sheet);
            again.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            count = Rendition.Of(developed.Width, developed.Height).Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{developed.Width} × {developed.Height}, {file.Length / 1048576.0:0.0} MB: first seen after {first[^1]:0.00} s, all {count} renditions ({sheet.Length / 1024:N0} KB) after {all[^1]:0.00} s, with another focal point {again[^1]:0.00} s after that is set"));
        }

        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"best of three: first seen {first.Min():0.00} s (under 1.5), all {all.Min():0.00} s (under 6), another crop {again.Min():0.00} s, peak memory {long.Parse(peak, CultureInfo.InvariantCulture) / 1024} MB (under 400)"));
    }

    /// <summary>Soft shapes with the grain of a sensor over them: as hard to compress as a photograph.</summary>
    public static void Make(string path, int width, int height, int seed)
    {
        Darkroom.Develop(Small(), PictureLimits.Usual);
        var grain = Image.Gaussnoise(width, height, sigma: 6, mean: 0, seed: seed);
        var bands = Enumerable.Range(0, 3).Select(i => Image.Perlin(width, height, cellSize: Math.Max(16, width / 6), seed: seed * 10 + i) * 100 + Image.Perlin(width, height, cellSize: Math.Max(8, width / 40), seed: seed * 10 + i + 5) * 30 + 128 + grain).ToArray();
        File.WriteAllBytes(path, bands[0].Bandjoin(bands[1..]).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).JpegsaveBuffer(q: 90));
    }

    private static byte[] Small() =>
        [.. Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")];
}
