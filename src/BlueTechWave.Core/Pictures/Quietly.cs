using System.Runtime.InteropServices;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Runs long work on a thread of its own that gives way to readers. On Linux a thread's priority is its niceness, which
/// .NET does not set; libvips' own threads take over that of the thread that first needs them.
/// </summary>
public static partial class Quietly
{
    private const int OfThread = 0;

    /// <summary>Somebody waits for it, and readers come before.</summary>
    public const int Soon = 4;

    /// <summary>It is done when there is nothing else to do.</summary>
    public const int InTime = 12;

    /// <param name="niceness">As Linux counts it: 19 gives way to everything.</param>
    public static Task<T> RunAsync<T>(int niceness, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) _ = SetPriority(OfThread, 0, niceness);
                done.SetResult(work());
            }
            catch (Exception why)
            {
                done.SetException(why);
            }
        })
        { IsBackground = true, Name = "Darkroom", Priority = ThreadPriority.BelowNormal }.Start();
        return done.Task;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
