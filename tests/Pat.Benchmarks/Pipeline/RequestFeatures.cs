using System.Collections;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pat.Benchmarks;

/// <summary>
/// The features of a connection, used for one request after another: what belongs to a request is forgotten with it, and
/// the room for it stays, as in Kestrel.
/// </summary>
internal sealed class RequestFeatures : IFeatureCollection
{
    private readonly List<KeyValuePair<Type, object>> _own;
    private readonly List<KeyValuePair<Type, object>> _added = new(16);
    private readonly ResponseFeatures _response = new();

    /// <param name="path">What requests ask for.</param>
    public RequestFeatures(string path)
    {
        var request = new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Path = path,
            RawTarget = path,
        };
        request.Headers.Host = "localhost";
        Headers = request.Headers;
        _own =
        [
            new(typeof(IHttpRequestFeature), request),
            new(typeof(IHttpResponseFeature), _response),
            new(typeof(IHttpResponseBodyFeature), _response),
            new(typeof(IHttpConnectionFeature), new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback }),
            new(typeof(IHttpRequestLifetimeFeature), new HttpRequestLifetimeFeature()),
            new(typeof(IHttpRequestIdentifierFeature), new HttpRequestIdentifierFeature { TraceIdentifier = "1" }),
        ];
    }

    /// <summary>What requests send.</summary>
    public IHeaderDictionary Headers { get; }

    public ResponseFeatures Response => _response;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => Find(_added, key) is >= 0 and var added ? _added[added].Value
            : Find(_own, key) is >= 0 and var own ? _own[own].Value
            : null;
        set
        {
            Revision++;
            var index = Find(_added, key);
            if (value is null)
            {
                if (index >= 0)
                {
                    _added.RemoveAt(index);
                }
            }
            else if (index >= 0)
            {
                _added[index] = new(key, value);
            }
            else
            {
                _added.Add(new(key, value));
            }
        }
    }

    /// <summary>Forgets the request.</summary>
    public void Reset()
    {
        _added.Clear();
        _response.Reset();
        Revision++;
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _own.Concat(_added).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Find(List<KeyValuePair<Type, object>> features, Type key)
    {
        for (var index = 0; index < features.Count; index++)
        {
            if (features[index].Key == key)
            {
                return index;
            }
        }

        return -1;
    }
}
