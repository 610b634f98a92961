using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// In this process: what is measured are the site's own assemblies, as they were built beside this one.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(BlueTechWave.Benchmarks.Pressing).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
