using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

switch (args)
{
    case ["picture", var path]:
        BlueTechWave.Benchmarks.LargePicture.Measure(path);
        return;
    case ["make-picture", var path, var width, var height, var seed]:
        BlueTechWave.Benchmarks.LargePicture.Make(path, int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
        return;
}

// In this process: what is measured are the site's own assemblies, as they were built beside this one.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(BlueTechWave.Benchmarks.Pressing).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
