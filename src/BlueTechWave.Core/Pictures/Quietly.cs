using System.Runtime.InteropServices;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Runs long work on a thread of its own that gives way to readers. On Linux a thread's priority is its niceness, which
/// .NET does not set; libvips' own threads take over that of the thread that first needs them.
/// </summary>
public static partial class Quietly
{
    private const int OfThread = 0;
    private const int Nice = 12;

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) _ = SetPriority(OfThread, 0, Nice);
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
