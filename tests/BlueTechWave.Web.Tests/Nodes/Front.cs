using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>nginx before two nodes, set up as the README says.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private Front(string folder, Process process, Uri address) => (_folder, _process, Address) = (folder, process, address);

    public Uri Address { get; }

    public static async Task<Front> StartAsync(params Uri[] nodes)
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("btw-front-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            worker_processes 1;
            user root;
            daemon off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log crit;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                upstream paper {
                    {{string.Join(' ', nodes.Select(n => $"server {n.Authority} max_fails=1 fail_timeout=1s;"))}}
                    keepalive 64;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $host:$server_port;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_connect_timeout 1s;
                    proxy_next_upstream error timeout;
                    location / { proxy_pass http://paper; }
                }
            }
            """);
        var start = new ProcessStartInfo("nginx") { RedirectStandardError = true };
        foreach (var argument in (string[])["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("nginx did not start.");
        var front = new Front(folder, process, new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        await TwoNodes.SoonAsync("nginx listens", async () =>
        {
            Assert.False(process.HasExited, process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return front;
    }

    /// <summary>Another may take it before it is used; whoever listens then says so.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        // Its workers, too.
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
